/** Who wrote a checkpoint: the authors' TF1 code (`tensorflow/tpu`), or TensorFlow 2's Model Garden. */
export type Layout = "tf1" | "modelGarden";
