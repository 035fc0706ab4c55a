import * as tf from "@tensorflow/tfjs-core";
import { looseObject, number, parse } from "valibot";
import { nativeBackend } from "../execute.js";
import { tensorIn } from "../tensorIn.js";

const attributesSchema = looseObject({ axis: number(), batchDims: number() });

/**
 * TensorFlow's GatherV2. tfjs-node's own kernel reads the indices back to check them, which holds up the engine and
 * lets no program be recorded; TensorFlow itself refuses an index out of bounds.
 */
export const gather: tf.KernelConfig = {
  kernelName: "GatherV2",
  backendName: "tensorflow",
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { axis, batchDims } = parse(attributesSchema, attrs);
    const [x, indices] = [tensorIn(inputs, "x"), tensorIn(inputs, "indices")];
    const native = nativeBackend(backend);
    const { TF_ATTR_TYPE, TF_ATTR_INT, TF_INT32 } = native.binding;
    const attributes = [
      { name: "Tparams", type: TF_ATTR_TYPE, value: native.getDTypeInteger(x.dtype) },
      { name: "Tindices", type: TF_ATTR_TYPE, value: native.getDTypeInteger(indices.dtype) },
      { name: "Taxis", type: TF_ATTR_TYPE, value: TF_INT32 },
      { name: "batch_dims", type: TF_ATTR_INT, value: batchDims },
    ];
    const along = tf.scalar(axis, "int32");
    const [gathered] = native.executeMultipleOutputs("GatherV2", attributes, [x, indices, along], 1);
    along.dispose();
    return gathered!;
  },
};
