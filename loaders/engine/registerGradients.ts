import { createRequire } from "node:module";
// For its types: methods of tensors.
import type {} from "@tensorflow/tfjs";

// tfjs-core does not register gradients, and Node cannot load its module that does:
// its imports lack extensions. The union package registers them on the very tfjs-core it requires,
// which is the one `import "@tensorflow/tfjs-core"` gives.

// With source maps on, Node keeps those of everything it loads: 40 MiB for this package, never used here.
const { sourceMapsEnabled } = process;
process.setSourceMapsEnabled(false);
createRequire(import.meta.url)("@tensorflow/tfjs");
process.setSourceMapsEnabled(sourceMapsEnabled);
