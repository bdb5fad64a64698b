// The words of the page itself, in English and Simplified Chinese. The persona's Slack locale
// decides, as it does in Slack; what the bot writes is the bot's own affair.

const WORDS = {
  en: {
    persona: 'Persona', persona_hint: 'See the workspace as someone else', find_person: 'Find a person',
    channels: 'Channels', dms: 'Direct messages', apps: 'Apps', home: 'Home', messages: 'Messages',
    members: '{n} members', member: '1 member', app: 'APP',
    open_sidebar: 'Open sidebar', sidebar: 'Sidebar', close: 'Close', back: 'Back',
    message_to: 'Message {name}', reply_in: 'Reply…', send: 'Send', shortcuts: 'Shortcuts',
    no_shortcuts: 'No shortcuts yet. They appear when the bot is connected.', commands: 'Slash commands',
    people: 'People', thread: 'Thread', reply: 'Reply in thread', one_reply: '1 reply', replies: '{n} replies',
    last_reply: 'Last reply {when}', only_you: 'Only visible to you', dismiss: 'Dismiss',
    edited: '(edited)', today: 'Today', yesterday: 'Yesterday', tomorrow: 'Tomorrow', new: 'New',
    new_messages: 'New messages', new_dm: 'New message', begin_channel: 'This is the very beginning of {name}',
    begin_dm: 'This is the very beginning of your messages with {name}',
    begin_app: 'This is where {name} talks with you',
    begin_more: 'Type / to see what {app} can do.', home_empty: 'Nothing here yet',
    home_empty_more: '{name} has not published a Home tab for you. Is the bot running?',
    reconnecting: 'Connection lost. Reconnecting…', bot_online: '{name} is connected', bot_offline: '{name} is not connected',
    light: 'Light theme', dark: 'Dark theme', clock: 'Clock', clock_title: 'The workspace’s clock',
    clock_real: 'Real time', clock_ahead: '{span} ahead of real time', clock_behind: '{span} behind real time',
    jump_to: 'Jump to', any_time: 'Any time', date_time: 'Date and time', go: 'Go', advance: 'Advance by',
    min15: '15 min', hour1: '1 hour', day1: '1 day', jumping: 'Jumping…',
    zone_note: 'Times in {zone}', past: 'already past',
    faults: 'Faults', faults_title: 'Make Slack misbehave', faults_note: 'Applies to the calls the bot makes next.',
    fault_429: 'Rate limit (429)', fault_500: 'Server error (500)', fault_latency: 'Slow answers', fault_drop: 'Accept, then drop the answer',
    fault_lose: 'Lose sockets', fault_refresh: 'Refresh sockets', fault_method: 'Method', fault_method_any: 'every method',
    fault_times: 'Times', fault_seconds: 'Seconds', fault_add: 'Add', fault_kind: 'Kind', fault_clear: 'Clear all',
    fault_limit: 'Slack’s true rate limits', fault_added: 'Fault added', fault_cleared: 'No faults any more', fault_done: 'Done',
    optional: '(optional)', choose: 'Choose an option', choose_many: 'Choose options', no_results: 'No results',
    searching: 'Searching…', type_min: 'Type {n} or more characters', clear: 'Clear', remove: 'Remove {name}', options: 'Options',
    attach: 'Attach a file', add_file: 'Choose a file', drop_file: 'or drop it here', uploading: 'Uploading…', upload_failed: 'The upload failed',
    cancel: 'Cancel', yes: 'Yes', no: 'No', more: 'More actions', image: 'image', unsupported: 'This block cannot be shown: {type}',
    show_more: 'Show more', show_less: 'Show less', good: 'Good answer', bad: 'Bad answer', delete: 'Delete',
    e_required: 'Please complete this required field', e_min: 'Must be at least {n} characters', e_max: 'Must be {n} characters at most',
    e_number: 'Please enter a number', e_whole: 'Please enter a whole number', e_low: 'Must be {n} or more', e_high: 'Must be {n} or less',
    e_email: 'Please enter a valid email address', e_url: 'Please enter a valid link', e_datetime: 'Please enter a date and time',
    e_files: 'Choose {n} files at most', e_filetype: 'Allowed kinds of file: {kinds}', e_pick: 'Choose at most {n}',
    trouble: 'We had some trouble connecting. Try again?',
    local_time: '{time} local time', boot_failed: 'The workspace did not answer. Trying again…',
    waiting_n: '{n} unread', channel: 'Channel', conversation: 'Conversation',
  },
  zh: {
    persona: '身份 (Persona)', persona_hint: '以其他人的身份查看工作区', find_person: '查找人员',
    channels: '频道', dms: '私信', apps: '应用', home: '主页', messages: '消息',
    members: '{n} 位成员', member: '1 位成员', app: '应用',
    open_sidebar: '打开侧边栏', sidebar: '侧边栏', close: '关闭', back: '返回',
    message_to: '发消息到 {name}', reply_in: '回复…', send: '发送', shortcuts: '快捷方式',
    no_shortcuts: '暂无快捷方式，机器人连接后会显示。', commands: '斜杠命令',
    people: '人员', thread: '消息列', reply: '在消息列中回复', one_reply: '1 条回复', replies: '{n} 条回复',
    last_reply: '最后回复：{when}', only_you: '仅你可见', dismiss: '忽略',
    edited: '（已编辑）', today: '今天', yesterday: '昨天', tomorrow: '明天', new: '新消息',
    new_messages: '有新消息', new_dm: '新建私信', begin_channel: '这里是 {name} 的开头',
    begin_dm: '这里是你与 {name} 私信的开头',
    begin_app: '{name} 在这里与你对话',
    begin_more: '输入 / 查看 {app} 能做什么。', home_empty: '这里还没有内容',
    home_empty_more: '{name} 还没有为你发布主页。机器人在运行吗？',
    reconnecting: '连接已断开，正在重新连接…', bot_online: '{name} 已连接', bot_offline: '{name} 未连接',
    light: '浅色主题', dark: '深色主题', clock: '时钟', clock_title: '工作区时钟',
    clock_real: '真实时间', clock_ahead: '比真实时间快 {span}', clock_behind: '比真实时间慢 {span}',
    jump_to: '跳转到', any_time: '任意时间', date_time: '日期和时间', go: '跳转', advance: '向前拨',
    min15: '15 分钟', hour1: '1 小时', day1: '1 天', jumping: '正在跳转…',
    zone_note: '时间按 {zone} 显示', past: '已过去',
    faults: '故障', faults_title: '让 Slack 出点故障', faults_note: '作用于机器人接下来的调用。',
    fault_429: '限流 (429)', fault_500: '服务器错误 (500)', fault_latency: '响应缓慢', fault_drop: '已受理但丢失应答',
    fault_lose: '断开连接', fault_refresh: '刷新连接', fault_method: '方法', fault_method_any: '所有方法',
    fault_times: '次数', fault_seconds: '秒', fault_add: '添加', fault_kind: '种类', fault_clear: '全部清除',
    fault_limit: '启用 Slack 的真实限流', fault_added: '已添加故障', fault_cleared: '已清除全部故障', fault_done: '完成',
    optional: '（选填）', choose: '请选择', choose_many: '请选择', no_results: '没有结果',
    searching: '正在搜索…', type_min: '请至少输入 {n} 个字符', clear: '清除', remove: '移除 {name}', options: '选项',
    attach: '添加附件', add_file: '选择文件', drop_file: '或拖放到这里', uploading: '正在上传…', upload_failed: '上传失败',
    cancel: '取消', yes: '是', no: '否', more: '更多操作', image: '图片', unsupported: '无法显示此内容块：{type}',
    show_more: '展开', show_less: '收起', good: '有帮助', bad: '没有帮助', delete: '删除',
    e_required: '此项必填', e_min: '至少 {n} 个字符', e_max: '最多 {n} 个字符',
    e_number: '请输入数字', e_whole: '请输入整数', e_low: '不能小于 {n}', e_high: '不能大于 {n}',
    e_email: '请输入有效的邮箱地址', e_url: '请输入有效的链接', e_datetime: '请输入日期和时间',
    e_files: '最多选择 {n} 个文件', e_filetype: '允许的文件类型：{kinds}', e_pick: '最多选择 {n} 项',
    trouble: '连接遇到问题，请再试一次。',
    local_time: '当地时间 {time}', boot_failed: '工作区没有响应，正在重试…',
    waiting_n: '{n} 条未读', channel: '频道', conversation: '会话',
  },
};

let locale = 'en-US';

/** Follow a person's Slack locale, e.g. `zh-CN`. Sets the document's language too. */
export function setLocale(next) {
  locale = next || 'en-US';
  document.documentElement.lang = lang() === 'zh' ? 'zh-CN' : locale;
}

/** `en` or `zh`. */
export function lang() {
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** The locale for Intl: the persona's own where the browser knows it. */
export function intlLocale() {
  try {
    return Intl.getCanonicalLocales(locale.replace('_', '-'))[0];
  } catch {
    return lang() === 'zh' ? 'zh-CN' : 'en-US';
  }
}

/** One of the page's texts, its `{name}` places filled in. */
export function t(key, values = {}) {
  const text = WORDS[lang()][key] ?? WORDS.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
