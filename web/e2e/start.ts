// Starts the program that RAQUAN_BIN names, on databases of its own with the demo loaded, and stops it at the end.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** One for journeys, which write; one for the pictures of the guide, which must not show what journeys wrote. */
export const DATABASES = ['journeys', 'guide'] as const;
export type Database = (typeof DATABASES)[number];

/** The environment variable that says where the program with a database listens. */
export const addressOf = (database: Database) => `E2E_URL_${database.toUpperCase()}`;

export default async function start(): Promise<() => void> {
  const binary = path.resolve(root, process.env.RAQUAN_BIN ?? 'target/debug/raquan');
  const folder = mkdtempSync(path.join(tmpdir(), 'raquan-e2e-'));
  const environment = { ...process.env, RAQUAN_BIN: undefined, RAQUAN_LOG__FILTER: 'warn' };
  const fileOf = (name: string) => path.join(folder, name, 'raquan.db');
  mkdirSync(path.join(folder, 'demo'));

  execFileSync(binary, ['--database', `sqlite:${fileOf('demo')}`, 'demo', 'load'], {
    env: environment,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const serve = async (database: Database) => {
    // With the key of its personal data, which lies beside it.
    cpSync(path.join(folder, 'demo'), path.join(folder, database), { recursive: true });
    const server = spawn(
      binary,
      ['--database', `sqlite:${fileOf(database)}`, 'serve', '--listen', '127.0.0.1:0'],
      { env: environment, cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    process.env[addressOf(database)] = await new Promise<string>((found, failed) => {
      let said = '';
      server.stdout.on('data', (part: Buffer) => {
        said += part.toString();
        const address = /http:\/\/[\d.]+:\d+/.exec(said)?.[0];
        if (address) found(address);
      });
      server.on('exit', (code) =>
        failed(new Error(`${binary} ended with ${code} before it listened:\n${said}`)),
      );
    });
    return server;
  };
  const servers = await Promise.all(DATABASES.map(serve));
  // The demo's accounts share one password, which its file says.
  const users = readFileSync(path.join(root, 'data/campaigns/users.toml'), 'utf8');
  process.env.E2E_PASSWORD = /^password = "(.+)"$/m.exec(users)?.[1] ?? '';

  return () => {
    for (const server of servers) {
      server.removeAllListeners('exit');
      server.kill();
    }
    rmSync(folder, { recursive: true, force: true });
  };
}
