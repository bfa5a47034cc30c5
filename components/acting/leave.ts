const CHANNEL = "backupchecks-role";
let isLeaving = false;

/** Tells the person's other tabs that the role changed or the session ended, then goes on with a whole new document. */
export function leaveTo(address: string): void {
  isLeaving = true;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("changed");
  channel.close();
  window.location.replace(address);
}

/** Loads the whole document anew, unless it is being left already. */
export function reloadDocument(): void {
  if (!isLeaving) window.location.reload();
}

/** @returns a function that stops listening. */
export function onRoleChange(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = listener;
  return () => channel.close();
}
