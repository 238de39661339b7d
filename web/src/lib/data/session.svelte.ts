// Who is signed in on this device, and the sessions of that account.
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';

export type Me = components['schemas']['Me'];
export type MyRole = components['schemas']['MyRole'];

class Session {
  me = $state.raw<Me | null>(null);

  /** Asks the server who is signed in; `null` when nobody is. */
  async load(): Promise<Me | null> {
    const { me } = await content(client.GET('/api/v1/sessions/current'));
    return (this.me = me ?? null);
  }

  async signIn(username: string, password: string): Promise<void> {
    this.me = await content(client.POST('/api/v1/sessions', { body: { username, password } }));
  }

  /** Ends the session and forgets whose it was once `leave` has left their screens, which would ask on its behalf. */
  async signOut(leave: () => Promise<void>): Promise<void> {
    await client.DELETE('/api/v1/sessions/current');
    await leave();
    this.me = null;
  }

  /** Whether `action` is allowed at least somewhere; the server decides on each record. */
  may(action: string): boolean {
    return this.me?.actions.includes(action) ?? false;
  }
}

export const session = new Session();

export const sessionList = () => content(client.GET('/api/v1/sessions/mine'));
export const sessionEnd = (id: string) =>
  client.DELETE('/api/v1/sessions/{id}', { params: { path: { id } } });
export const passwordChange = (current_password: string, new_password: string) =>
  client.POST('/api/v1/me/password', { body: { current_password, new_password } });
