// Who is signed in on this device, and the sessions of that account.
import { api } from '$lib/api/client';
import { ApiError } from '$lib/api/error';
import type { Page } from './page';

export interface RoleGrant {
  role: string;
  name_vi: string;
  name_en: string;
  admin_unit_id?: string | null;
  admin_unit_name?: string | null;
  organization_id?: string | null;
}

export interface Me {
  id: string;
  username: string;
  display_name: string;
  organization_id?: string | null;
  organization_name?: string | null;
  must_change_password: boolean;
  roles: RoleGrant[];
  /** What may be done somewhere. */
  actions: string[];
}

export interface UserSession {
  id: string;
  user_agent: string;
  created_at: string;
  expires_at: string;
  current: boolean;
}

class Session {
  me = $state.raw<Me | null>(null);

  /** Asks the server who is signed in; `null` when nobody is. */
  async load(): Promise<Me | null> {
    try {
      this.me = await api.get<Me>('/me');
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      this.me = null;
    }
    return this.me;
  }

  async signIn(username: string, password: string): Promise<void> {
    await api.post('/sessions', { username, password });
    await this.load();
  }

  async signOut(): Promise<void> {
    await api.delete('/sessions/current');
    this.me = null;
  }

  may(action: string): boolean {
    return this.me?.actions.includes(action) ?? false;
  }
}

export const session = new Session();

export const sessionList = () => api.get<Page<UserSession>>('/sessions/mine');
export const sessionEnd = (id: string) => api.delete(`/sessions/${id}`);
export const passwordChange = (current_password: string, new_password: string) =>
  api.post('/me/password', { current_password, new_password });
