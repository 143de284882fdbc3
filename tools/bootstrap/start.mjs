/** `npm start`: installs what is missing, builds, and runs server and simulator with demonstration data. */
import { runProduct } from "./product.mjs";

process.exit(await runProduct());
