// Who is signed in on this device.
import { api } from '$lib/api/client';
import { ApiError } from '$lib/api/error';

export interface Role {
  role: string;
  admin_unit_id?: string | null;
  admin_unit_name?: string | null;
  organization_id?: string | null;
  organization_name?: string | null;
}

export interface Me {
  id: string;
  username: string;
  full_name: string;
  roles: Role[];
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

  has(...roles: string[]): boolean {
    return this.me?.roles.some((one) => roles.includes(one.role)) ?? false;
  }
}

export const session = new Session();
