// The live connection: one WebSocket per persona that mends itself.
import { emit, state, takeIncrement } from './store.js';

let socket = null;
let user = null;
let attempt = 0;
let timer = null;

function open() {
  clearTimeout(timer);
  const url = new URL(`/ui/live?user=${encodeURIComponent(user)}`, location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const mine = new WebSocket(url);
  socket = mine;
  mine.addEventListener('message', (event) => {
    if (mine !== socket) return; // a socket of the persona before
    const data = JSON.parse(event.data);
    if (data.type === 'snapshot') {
      attempt = 0;
      setConnected(true);
    }
    takeIncrement(data);
  });
  mine.addEventListener('close', () => {
    if (mine !== socket) return;
    setConnected(false);
    attempt += 1;
    timer = setTimeout(open, Math.min(5000, 250 * 2 ** Math.min(attempt, 5)));
  });
}

function setConnected(connected) {
  if (state.connected === connected) return;
  state.connected = connected;
  emit('connection');
}

/** Follow this person's workspace; an earlier connection is dropped. */
export function connect(userId) {
  const before = socket;
  user = userId;
  attempt = 0;
  socket = null;
  before?.close();
  open();
}

// A laptop that wakes or a network that returns should not wait for the timer.
window.addEventListener('online', () => {
  if (!state.connected && user) open();
});
