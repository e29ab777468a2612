const TAB_PAUSE = 300; // ms, so that many changes are read at once

/** Tell other tabs of changes, and read what they wrote; where tabs cannot talk, awake() reads. */
export function joinTabs(box) {
  if (!globalThis.BroadcastChannel) return;
  const channel = new BroadcastChannel("walkthrough");
  let timer = 0;
  channel.onmessage = ({ data }) => {
    if (data !== box.id || timer) return;
    box.locked = 0; // somebody is sending
    timer = setTimeout(() => box.reload().then(() => (timer = 0)), TAB_PAUSE);
  };
  if (channel.unref) channel.unref();
  box.channel = channel;
  box.ends.push(() => channel.close());
}
