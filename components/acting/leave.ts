const CHANNEL = "backupchecks-role";

/** Tells the person's other tabs that the role changed or the session ended, then goes on with a whole new document. */
export function leaveTo(address: string): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("changed");
  channel.close();
  window.location.replace(address);
}

/** @returns a function that stops listening. */
export function onRoleChange(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = listener;
  return () => channel.close();
}
