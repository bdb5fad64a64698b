// Where the selects find their options: the element itself, the workspace, or the bot.
import { textOf } from './mrkdwn.js';
import { channelById, channelTitle, state, userById } from './store.js';

/** An option object as the select shows it. */
export function optionItem(option) {
  return {
    id: JSON.stringify([option.value, textOf(option.text)]),
    label: textOf(option.text),
    note: textOf(option.description),
    raw: option,
  };
}

export function userItem(id) {
  const user = userById(id) ?? { id, name: id };
  return { id, label: user.name, note: user.title, avatar: user, raw: id };
}

export function channelItem(id) {
  const channel = channelById(id);
  const name = channel ? channelTitle(channel) : id;
  const plain = !channel || channel.kind === 'channel' || channel.kind === undefined;
  return { id, label: plain ? `# ${name}` : name, raw: id };
}

const matches = (query) => {
  const wanted = query.trim().toLowerCase();
  return (item) => !wanted || `${item.label} ${item.note ?? ''}`.toLowerCase().includes(wanted);
};

function grouped(element) {
  if (element.option_groups)
    return element.option_groups.map((g) => ({
      label: textOf(g.label),
      options: g.options.map(optionItem),
    }));
  return [{ options: (element.options ?? []).map(optionItem) }];
}

function filtered(groups, query) {
  return groups.map((g) => ({ ...g, options: g.options.filter(matches(query)) }));
}

function conversations(element) {
  const filter = element.filter ?? {};
  const kinds = filter.include ?? ['public', 'private', 'im', 'mpim'];
  return [...state.channels.values()]
    .filter((c) => {
      if (c.kind === 'app') return kinds.includes('im') && !filter.exclude_bot_users;
      if (c.kind === 'dm') return kinds.includes('im');
      return kinds.includes(c.is_private ? 'private' : 'public');
    })
    .map((c) => channelItem(c.id));
}

function publicChannels() {
  return state.boot.channels.filter((c) => !c.is_private).map((c) => channelItem(c.id));
}

/** How a select element of any kind is filled, and how its values look as items. */
export function sourceOf(surface, block, element) {
  const kind = element.type.replace(/^multi_/, '');
  switch (kind) {
    case 'users_select':
      return {
        item: userItem,
        source: (q) => filtered([{ options: state.boot.users.map((u) => userItem(u.id)) }], q),
      };
    case 'channels_select':
      return { item: channelItem, source: (q) => filtered([{ options: publicChannels() }], q) };
    case 'conversations_select':
      return {
        item: channelItem,
        source: (q) => filtered([{ options: conversations(element) }], q),
      };
    case 'external_select':
      return {
        item: optionItem,
        slow: true,
        minQuery: element.min_query_length ?? 3,
        source: async (q) => {
          const answer = await surface.options(block, element, q);
          return answer.ok ? grouped(answer) : [];
        },
      };
    default:
      return { item: optionItem, source: (q) => filtered(grouped(element), q) };
  }
}
