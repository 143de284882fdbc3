/** `npm run dev`: like `npm start`, and the server starts anew whenever one of its files changes. */
import { runProduct } from "./product.mjs";

process.exit(await runProduct({ watch: true }));
