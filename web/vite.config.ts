import { sveltekit } from '@sveltejs/kit/vite';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

const proxy = { '/api': process.env.RAQUAN_URL ?? 'http://127.0.0.1:8080' };

export default defineConfig({
  plugins: [sveltekit(), svelteTesting()],
  server: { proxy },
  preview: { proxy },
  build: { reportCompressedSize: false, chunkSizeWarningLimit: 1500 },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/tests.setup.ts'],
    // The first test of a file waits for the machine when others compile on it.
    testTimeout: 30_000,
  },
});
