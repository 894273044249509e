/** Builds the web application into web/dist; in development serves it and passes everything else to the server. */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = `http://127.0.0.1:${process.env['PORT'] ?? '3000'}`

// Built by a test, too, it is the application people get: React's and Ant Design's development builds are slower by half.
if (process.argv.includes('build')) process.env['NODE_ENV'] = 'production'

export default defineConfig({
  root: 'web',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // MapLibre alone is a megabyte; deck.gl comes only with the first layer that needs it.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'maplibre', test: /node_modules\/(maplibre-gl|@maplibre)\// },
            { name: 'antd', test: /node_modules\/(antd|@ant-design|@rc-component|rc-[a-z-]+|dayjs)\// },
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: Object.fromEntries(
      ['/api', '/tiles', '/posters', '/reports', '/ogc', '/ingest', '/healthz', '/readyz'].map((path) => [
        path,
        server,
      ]),
    ),
  },
})
