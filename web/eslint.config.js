import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['dist/', '.svelte-kit/', 'node_modules/', 'src/lib/api/schema.d.ts', 'test-results/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      'no-undef': 'off',
      'svelte/no-navigation-without-resolve': 'off',
      // A snippet that takes no argument still has to wait for the value that it needs.
      'svelte/no-useless-children-snippet': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig },
    },
  },
  {
    // Screens reach the server through lib/data only.
    files: ['src/routes/**', 'src/lib/components/**'],
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: 'Call lib/data instead.' }],
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['$lib/api/*'], message: 'Call lib/data instead.', allowTypeImports: true }] },
      ],
    },
  },
);
