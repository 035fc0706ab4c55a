import { createRequire } from "node:module";
// For its types: methods of tensors.
import type {} from "@tensorflow/tfjs";

// tfjs-core registers no gradients by itself, and Node cannot load the module of tfjs-core that does:
// its imports lack extensions. The union package registers them on the very tfjs-core it requires,
// which is the one `import "@tensorflow/tfjs-core"` gives.

// Where source maps are on, Node holds those of all it loads: 40 MiB for this package, of use to nobody here.
const { sourceMapsEnabled } = process;
process.setSourceMapsEnabled(false);
createRequire(import.meta.url)("@tensorflow/tfjs");
process.setSourceMapsEnabled(sourceMapsEnabled);
