// Starts the program that RAQUAN_BIN names on a database of its own with the demo loaded, and stops it at the end.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

export default async function start(): Promise<() => void> {
  const binary = path.resolve(root, process.env.RAQUAN_BIN ?? 'target/debug/raquan');
  const folder = mkdtempSync(path.join(tmpdir(), 'raquan-e2e-'));
  const database = `sqlite:${path.join(folder, 'e2e.db')}`;
  const environment = { ...process.env, RAQUAN_BIN: undefined, RAQUAN_LOG__FILTER: 'warn' };

  execFileSync(binary, ['--database', database, 'demo', 'load'], {
    env: environment,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const server = spawn(binary, ['--database', database, 'serve', '--listen', '127.0.0.1:0'], {
    env: environment,
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });

  process.env.E2E_BASE_URL = await new Promise<string>((found, failed) => {
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
  // The demo's accounts share one password, which its file says.
  const users = readFileSync(path.join(root, 'data/campaigns/users.toml'), 'utf8');
  process.env.E2E_PASSWORD = /^password = "(.+)"$/m.exec(users)?.[1] ?? '';

  return () => {
    server.removeAllListeners('exit');
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
}
