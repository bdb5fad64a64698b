"""What people read: words in English and 简体中文, and the Slack blocks and views made of them."""
