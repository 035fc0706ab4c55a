// tfjs-core registers no gradients by itself, and Node cannot load the module of tfjs-core that does:
// its imports lack extensions. The union package registers them on the very tfjs-core it requires,
// which is the one `import "@tensorflow/tfjs-core"` gives.
import "@tensorflow/tfjs";
