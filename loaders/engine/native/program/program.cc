// Runs a TensorFlow graph as one call: what tfjs-node's add-on, which runs one operation at a time, cannot.
//
// Three kinds of objects leave this file: a graph that grows operation by operation, the program made of it (a
// session), and a tensor. Every function throws a JavaScript Error with TensorFlow's own words where TensorFlow refuses.

#include <node_api.h>
#include <tensorflow/c/c_api.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "kernels.h"

namespace {

constexpr napi_type_tag kTensorTag = {0x8a1d4c5e72b94f10, 0x9b3c1e6f0d57a284};
constexpr napi_type_tag kGraphTag = {0x5b0e6c9d1f3a4288, 0x8c27d9417be05f36};
constexpr napi_type_tag kProgramTag = {0x3f6e2b9a5c814d77, 0xa4d80c1f6e923b5d};

template <auto Delete>
struct Deleter {
  template <typename T>
  void operator()(T* pointer) const { Delete(pointer); }
};

using Status = std::unique_ptr<TF_Status, Deleter<TF_DeleteStatus>>;
using Tensor = std::shared_ptr<TF_Tensor>;
using Graph = std::shared_ptr<TF_Graph>;

Status NewStatus() { return Status(TF_NewStatus()); }

// A tensor that JavaScript holds; empty once it was deleted. A run shares its inputs, so that one deleted
// while the run waits for a thread lives on until the run has ended.
struct HeldTensor {
  Tensor tensor;
};

struct GrowingGraph {
  Graph graph = Graph(TF_NewGraph(), TF_DeleteGraph);
  std::vector<TF_Operation*> operations;
};

struct Program {
  Graph graph;
  TF_Session* session = nullptr;
  std::vector<TF_Output> feeds;
  std::vector<TF_Output> fetches;

  ~Program() {
    if (session == nullptr) return;
    Status status = NewStatus();
    TF_CloseSession(session, status.get());
    TF_DeleteSession(session, status.get());
  }
};

struct Run {
  Program* program;
  // Keeps JavaScript from collecting the program before the run has ended.
  napi_ref held = nullptr;
  std::vector<Tensor> inputs;
  std::vector<TF_Tensor*> outputs;
  // Filled with a RunMetadata, in protobuf's encoding, where the run is traced.
  std::unique_ptr<TF_Buffer, Deleter<TF_DeleteBuffer>> trace;
  Status status = NewStatus();
  napi_deferred deferred = nullptr;
  napi_async_work work = nullptr;
};

napi_value Throw(napi_env env, const std::string& message) {
  napi_throw_error(env, nullptr, message.c_str());
  return nullptr;
}

bool Failed(const Status& status) { return TF_GetCode(status.get()) != TF_OK; }

template <size_t N>
bool Arguments(napi_env env, napi_callback_info info, napi_value (&values)[N]) {
  size_t count = N;
  napi_get_cb_info(env, info, &count, values, nullptr, nullptr);
  if (count == N) return true;
  Throw(env, "This function takes " + std::to_string(N) + " arguments, not " + std::to_string(count) + ".");
  return false;
}

std::vector<napi_value> Elements(napi_env env, napi_value array) {
  uint32_t length = 0;
  napi_get_array_length(env, array, &length);
  std::vector<napi_value> elements(length);
  for (uint32_t i = 0; i < length; i++) napi_get_element(env, array, i, &elements[i]);
  return elements;
}

std::string Text(napi_env env, napi_value value) {
  size_t length = 0;
  napi_get_value_string_utf8(env, value, nullptr, 0, &length);
  std::string text(length + 1, '\0');
  napi_get_value_string_utf8(env, value, text.data(), text.size(), &length);
  text.resize(length);
  return text;
}

// The bytes of a typed array; nothing where `value` is none.
bool Bytes(napi_env env, napi_value value, void** data, size_t* size) {
  napi_typedarray_type type;
  size_t length = 0;
  if (napi_get_typedarray_info(env, value, &type, &length, data, nullptr, nullptr) != napi_ok) return false;
  const bool wide = type == napi_float64_array || type == napi_bigint64_array || type == napi_biguint64_array;
  const bool half = type == napi_int16_array || type == napi_uint16_array;
  const bool byte = type == napi_int8_array || type == napi_uint8_array || type == napi_uint8_clamped_array;
  *size = length * (wide ? 8 : half ? 2 : byte ? 1 : 4);
  return true;
}

template <typename T>
napi_value Wrap(napi_env env, T* owned, const napi_type_tag& tag) {
  napi_value object;
  napi_create_object(env, &object);
  napi_type_tag_object(env, object, &tag);
  napi_wrap(env, object, owned, [](napi_env, void* data, void*) { delete static_cast<T*>(data); }, nullptr, nullptr);
  return object;
}

template <typename T>
T* Unwrap(napi_env env, napi_value object, const napi_type_tag& tag, const char* kind) {
  bool matches = false;
  napi_valuetype type;
  napi_typeof(env, object, &type);
  if (type == napi_object) napi_check_object_type_tag(env, object, &tag, &matches);
  void* data = nullptr;
  if (matches) napi_unwrap(env, object, &data);
  if (data == nullptr) Throw(env, std::string("This is no ") + kind + ".");
  return static_cast<T*>(data);
}

Tensor LiveTensor(napi_env env, napi_value object) {
  HeldTensor* held = Unwrap<HeldTensor>(env, object, kTensorTag, "tensor of a program");
  if (held == nullptr) return nullptr;
  if (!held->tensor) Throw(env, "This tensor was deleted.");
  return held->tensor;
}

napi_value WrapTensor(napi_env env, TF_Tensor* tensor) {
  return Wrap(env, new HeldTensor{Tensor(tensor, TF_DeleteTensor)}, kTensorTag);
}

// createTensor(type: number, shape: number[], values: TypedArray): tensor. The values are copied.
napi_value CreateTensor(napi_env env, napi_callback_info info) {
  napi_value arguments[3];
  if (!Arguments(env, info, arguments)) return nullptr;
  int32_t type = 0;
  napi_get_value_int32(env, arguments[0], &type);
  std::vector<int64_t> shape;
  for (napi_value element : Elements(env, arguments[1])) {
    int64_t dimension = 0;
    napi_get_value_int64(env, element, &dimension);
    shape.push_back(dimension);
  }
  void* data = nullptr;
  size_t size = 0;
  if (!Bytes(env, arguments[2], &data, &size)) return Throw(env, "A tensor's values must be a typed array.");
  size_t expected = TF_DataTypeSize(static_cast<TF_DataType>(type));
  for (int64_t dimension : shape) expected *= dimension;
  if (expected != size) {
    return Throw(env, "A tensor of this shape takes " + std::to_string(expected) + " bytes, not " +
                          std::to_string(size) + ".");
  }
  TF_Tensor* tensor = TF_AllocateTensor(static_cast<TF_DataType>(type), shape.data(), shape.size(), size);
  if (tensor == nullptr) return Throw(env, "There is no room for a tensor of " + std::to_string(size) + " bytes.");
  if (size > 0) std::memcpy(TF_TensorData(tensor), data, size);
  return WrapTensor(env, tensor);
}

// deleteTensor(tensor): its memory is free at once, not when JavaScript's collector comes by.
napi_value DeleteTensor(napi_env env, napi_callback_info info) {
  napi_value arguments[1];
  if (!Arguments(env, info, arguments)) return nullptr;
  HeldTensor* held = Unwrap<HeldTensor>(env, arguments[0], kTensorTag, "tensor of a program");
  if (held != nullptr) held->tensor.reset();
  return nullptr;
}

// tensorBytes(tensor): ArrayBuffer, a copy.
napi_value TensorBytes(napi_env env, napi_callback_info info) {
  napi_value arguments[1];
  if (!Arguments(env, info, arguments)) return nullptr;
  const Tensor tensor = LiveTensor(env, arguments[0]);
  if (!tensor) return nullptr;
  napi_value buffer;
  void* data = nullptr;
  const size_t size = TF_TensorByteSize(tensor.get());
  if (napi_create_arraybuffer(env, size, &data, &buffer) != napi_ok) {
    return Throw(env, "There is no room for a copy of " + std::to_string(size) + " bytes.");
  }
  if (size > 0) std::memcpy(data, TF_TensorData(tensor.get()), size);
  return buffer;
}

// tensorShape(tensor): number[].
napi_value TensorShape(napi_env env, napi_callback_info info) {
  napi_value arguments[1];
  if (!Arguments(env, info, arguments)) return nullptr;
  const Tensor tensor = LiveTensor(env, arguments[0]);
  if (!tensor) return nullptr;
  const int rank = TF_NumDims(tensor.get());
  napi_value shape;
  napi_create_array_with_length(env, rank, &shape);
  for (int i = 0; i < rank; i++) {
    napi_value dimension;
    napi_create_int64(env, TF_Dim(tensor.get(), i), &dimension);
    napi_set_element(env, shape, i, dimension);
  }
  return shape;
}

// createGraph(): graph.
napi_value CreateGraph(napi_env env, napi_callback_info) { return Wrap(env, new GrowingGraph, kGraphTag); }

template <typename T, typename Read>
std::vector<T> Numbers(napi_env env, napi_value array, Read read) {
  std::vector<T> numbers;
  for (napi_value element : Elements(env, array)) {
    T number = 0;
    read(env, element, &number);
    numbers.push_back(number);
  }
  return numbers;
}

// An attribute's kind is TensorFlow's TF_AttrType, as tfjs-node gives it; a list of integers is an array of them.
bool SetAttribute(napi_env env, TF_OperationDescription* description, napi_value attribute) {
  napi_value property;
  napi_get_named_property(env, attribute, "name", &property);
  const std::string name = Text(env, property);
  int32_t kind = -1;
  napi_get_named_property(env, attribute, "type", &property);
  napi_get_value_int32(env, property, &kind);
  napi_value value;
  napi_get_named_property(env, attribute, "value", &value);
  bool is_array = false;
  napi_is_array(env, value, &is_array);
  switch (kind) {
    case TF_ATTR_STRING: {
      const std::string text = Text(env, value);
      TF_SetAttrString(description, name.c_str(), text.data(), text.size());
      return true;
    }
    case TF_ATTR_BOOL: {
      bool flag = false;
      napi_get_value_bool(env, value, &flag);
      TF_SetAttrBool(description, name.c_str(), flag);
      return true;
    }
    case TF_ATTR_FLOAT: {
      double number = 0;
      napi_get_value_double(env, value, &number);
      TF_SetAttrFloat(description, name.c_str(), static_cast<float>(number));
      return true;
    }
    case TF_ATTR_TYPE: {
      int32_t type = 0;
      napi_get_value_int32(env, value, &type);
      TF_SetAttrType(description, name.c_str(), static_cast<TF_DataType>(type));
      return true;
    }
    case TF_ATTR_INT: {
      if (is_array) {
        const auto numbers = Numbers<int64_t>(env, value, napi_get_value_int64);
        TF_SetAttrIntList(description, name.c_str(), numbers.data(), numbers.size());
      } else {
        int64_t number = 0;
        napi_get_value_int64(env, value, &number);
        TF_SetAttrInt(description, name.c_str(), number);
      }
      return true;
    }
    case TF_ATTR_SHAPE: {
      const auto shape = Numbers<int64_t>(env, value, napi_get_value_int64);
      TF_SetAttrShape(description, name.c_str(), shape.data(), shape.size());
      return true;
    }
    default:
      Throw(env, "The attribute \"" + name + "\" is of kind " + std::to_string(kind) + ", which no graph takes here.");
      return false;
  }
}

// A place in a graph is a pair of numbers in a flat list: which operation, in the order of their adding, and which of
// its outputs.
bool Places(napi_env env, const GrowingGraph& graph, napi_value list, std::vector<TF_Output>* places) {
  const auto numbers = Numbers<int32_t>(env, list, napi_get_value_int32);
  for (size_t i = 0; i + 1 < numbers.size(); i += 2) {
    const bool known = numbers[i] >= 0 && static_cast<size_t>(numbers[i]) < graph.operations.size();
    if (!known || numbers[i + 1] < 0 || numbers[i + 1] >= TF_OperationNumOutputs(graph.operations[numbers[i]])) {
      Throw(env, "The graph has no output " + std::to_string(numbers[i + 1]) + " of an operation " +
                     std::to_string(numbers[i]) + ".");
      return false;
    }
    places->push_back({graph.operations[numbers[i]], numbers[i + 1]});
  }
  return true;
}

// The type and shape of each output, as far as they follow from the inputs: {dtype, shape}; a size of -1 is unknown,
// and so is a shape that is null.
napi_value Outputs(napi_env env, const Graph& graph, TF_Operation* operation) {
  const int count = TF_OperationNumOutputs(operation);
  napi_value outputs;
  napi_create_array_with_length(env, count, &outputs);
  for (int i = 0; i < count; i++) {
    const TF_Output place = {operation, i};
    Status status = NewStatus();
    napi_value type;
    napi_value shape;
    napi_create_int32(env, TF_OperationOutputType(place), &type);
    const int rank = TF_GraphGetTensorNumDims(graph.get(), place, status.get());
    if (rank < 0) {
      napi_get_null(env, &shape);
    } else {
      std::vector<int64_t> sizes(rank);
      TF_GraphGetTensorShape(graph.get(), place, sizes.data(), rank, status.get());
      napi_create_array_with_length(env, rank, &shape);
      for (int axis = 0; axis < rank; axis++) {
        napi_value size;
        napi_create_int64(env, sizes[axis], &size);
        napi_set_element(env, shape, axis, size);
      }
    }
    napi_value output;
    napi_create_object(env, &output);
    napi_set_named_property(env, output, "dtype", type);
    napi_set_named_property(env, output, "shape", shape);
    napi_set_element(env, outputs, i, output);
  }
  return outputs;
}

// addOperation(graph, operation: string, inputs: number[], list: number, attributes: object[]): outputs.
// The first `list` inputs are one argument, a list, where `list` is over 0.
napi_value AddOperation(napi_env env, napi_callback_info info) {
  napi_value arguments[5];
  if (!Arguments(env, info, arguments)) return nullptr;
  GrowingGraph* growing = Unwrap<GrowingGraph>(env, arguments[0], kGraphTag, "graph");
  if (growing == nullptr) return nullptr;
  const std::string operation = Text(env, arguments[1]);
  std::vector<TF_Output> inputs;
  if (!Places(env, *growing, arguments[2], &inputs)) return nullptr;
  uint32_t list = 0;
  napi_get_value_uint32(env, arguments[3], &list);
  const std::string name = std::to_string(growing->operations.size()) + "/" + operation;
  TF_OperationDescription* description = TF_NewOperation(growing->graph.get(), operation.c_str(), name.c_str());
  if (list > 0) TF_AddInputList(description, inputs.data(), list);
  for (size_t i = list; i < inputs.size(); i++) TF_AddInput(description, inputs[i]);
  bool valid = true;
  for (napi_value attribute : Elements(env, arguments[4])) valid = valid && SetAttribute(env, description, attribute);
  Status status = NewStatus();
  // Finishing is what frees the description, so it is done even where an attribute was refused.
  TF_Operation* added = TF_FinishOperation(description, status.get());
  if (!valid) return nullptr;
  if (Failed(status)) return Throw(env, "TensorFlow refuses " + operation + ": " + TF_Message(status.get()));
  growing->operations.push_back(added);
  return Outputs(env, growing->graph, added);
}

// addConstant(graph, tensor): outputs, of which there is one.
napi_value AddConstant(napi_env env, napi_callback_info info) {
  napi_value arguments[2];
  if (!Arguments(env, info, arguments)) return nullptr;
  GrowingGraph* growing = Unwrap<GrowingGraph>(env, arguments[0], kGraphTag, "graph");
  if (growing == nullptr) return nullptr;
  const Tensor tensor = LiveTensor(env, arguments[1]);
  if (!tensor) return nullptr;
  const std::string name = std::to_string(growing->operations.size()) + "/Const";
  TF_OperationDescription* description = TF_NewOperation(growing->graph.get(), "Const", name.c_str());
  Status status = NewStatus();
  TF_SetAttrTensor(description, "value", tensor.get(), status.get());
  TF_SetAttrType(description, "dtype", TF_TensorType(tensor.get()));
  TF_Operation* added = TF_FinishOperation(description, status.get());
  if (Failed(status)) return Throw(env, std::string("TensorFlow refuses a constant: ") + TF_Message(status.get()));
  growing->operations.push_back(added);
  return Outputs(env, growing->graph, added);
}

// createProgram(graph, feeds: number[], fetches: number[], threads: number): program. Feeds and fetches are places.
// `threads` is how many share one operation, below 128; how many operations run side by side is up to the library's
// environment variables.
napi_value CreateProgram(napi_env env, napi_callback_info info) {
  napi_value arguments[4];
  if (!Arguments(env, info, arguments)) return nullptr;
  GrowingGraph* growing = Unwrap<GrowingGraph>(env, arguments[0], kGraphTag, "graph");
  if (growing == nullptr) return nullptr;
  auto program = std::make_unique<Program>();
  program->graph = growing->graph;
  if (!Places(env, *growing, arguments[1], &program->feeds)) return nullptr;
  if (!Places(env, *growing, arguments[2], &program->fetches)) return nullptr;
  Status status = NewStatus();
  std::unique_ptr<TF_SessionOptions, Deleter<TF_DeleteSessionOptions>> options(TF_NewSessionOptions());
  uint32_t threads = 0;
  napi_get_value_uint32(env, arguments[3], &threads);
  // A ConfigProto in protobuf's encoding: field 2, intra_op_parallelism_threads, a number that fits into a byte.
  const unsigned char config[] = {2 << 3, static_cast<unsigned char>(threads)};
  TF_SetConfig(options.get(), config, sizeof config, status.get());
  if (threads > 127 || Failed(status)) {
    return Throw(env, "A program's operations cannot have " + std::to_string(threads) + " threads.");
  }
  program->session = TF_NewSession(program->graph.get(), options.get(), status.get());
  if (Failed(status)) return Throw(env, std::string("TensorFlow opens no session: ") + TF_Message(status.get()));
  return Wrap(env, program.release(), kProgramTag);
}

void Execute(napi_env, void* data) {
  Run* run = static_cast<Run*>(data);
  const Program& program = *run->program;
  std::vector<TF_Tensor*> inputs;
  for (const Tensor& input : run->inputs) inputs.push_back(input.get());
  // A RunOptions in protobuf's encoding: field 1, trace_level, is 3, FULL_TRACE; field 5, output_partition_graphs, is
  // true.
  const unsigned char traced[] = {1 << 3, 3, 5 << 3, 1};
  const TF_Buffer run_options = {traced, sizeof traced, nullptr};
  TF_SessionRun(program.session, run->trace ? &run_options : nullptr, program.feeds.data(), inputs.data(),
                inputs.size(), program.fetches.data(), run->outputs.data(), run->outputs.size(), nullptr, 0,
                run->trace.get(), run->status.get());
}

void Complete(napi_env env, napi_status, void* data) {
  std::unique_ptr<Run> run(static_cast<Run*>(data));
  napi_delete_reference(env, run->held);
  napi_delete_async_work(env, run->work);
  if (Failed(run->status)) {
    for (TF_Tensor* output : run->outputs) {
      if (output != nullptr) TF_DeleteTensor(output);
    }
    napi_value message;
    napi_value error;
    napi_create_string_utf8(env, TF_Message(run->status.get()), NAPI_AUTO_LENGTH, &message);
    napi_create_error(env, nullptr, message, &error);
    napi_reject_deferred(env, run->deferred, error);
    return;
  }
  if (run->trace) {
    for (TF_Tensor* output : run->outputs) TF_DeleteTensor(output);
    void* bytes = nullptr;
    napi_value metadata;
    napi_create_arraybuffer(env, run->trace->length, &bytes, &metadata);
    std::memcpy(bytes, run->trace->data, run->trace->length);
    napi_resolve_deferred(env, run->deferred, metadata);
    return;
  }
  napi_value outputs;
  napi_create_array_with_length(env, run->outputs.size(), &outputs);
  for (size_t i = 0; i < run->outputs.size(); i++) {
    napi_set_element(env, outputs, i, WrapTensor(env, run->outputs[i]));
  }
  napi_resolve_deferred(env, run->deferred, outputs);
}

napi_value Start(napi_env env, napi_callback_info info, bool traced) {
  napi_value arguments[2];
  if (!Arguments(env, info, arguments)) return nullptr;
  auto run = std::make_unique<Run>();
  run->program = Unwrap<Program>(env, arguments[0], kProgramTag, "program");
  if (run->program == nullptr) return nullptr;
  const std::vector<napi_value> inputs = Elements(env, arguments[1]);
  if (inputs.size() != run->program->feeds.size()) {
    return Throw(env, "This program takes " + std::to_string(run->program->feeds.size()) + " tensors, not " +
                          std::to_string(inputs.size()) + ".");
  }
  for (napi_value input : inputs) {
    run->inputs.push_back(LiveTensor(env, input));
    if (!run->inputs.back()) return nullptr;
  }
  run->outputs.resize(run->program->fetches.size(), nullptr);
  if (traced) run->trace.reset(TF_NewBuffer());
  napi_create_reference(env, arguments[0], 1, &run->held);
  napi_value promise;
  napi_value name;
  napi_create_promise(env, &run->deferred, &promise);
  napi_create_string_utf8(env, "spinenet.program", NAPI_AUTO_LENGTH, &name);
  napi_create_async_work(env, nullptr, name, Execute, Complete, run.get(), &run->work);
  napi_queue_async_work(env, run.release()->work);
  return promise;
}

// run(program, inputs: tensor[]): Promise<tensor[]>, in another thread; one tensor per feed, one per fetch.
napi_value RunProgram(napi_env env, napi_callback_info info) { return Start(env, info, false); }

// trace(program, inputs: tensor[]): Promise<ArrayBuffer>: runs and drops the results. The bytes are TensorFlow's
// RunMetadata: the graph as it was rewritten, and when each of its operations ran.
napi_value TraceProgram(napi_env env, napi_callback_info info) { return Start(env, info, true); }

// What the functions take and give; programAddon.ts holds the same number, and refuses another.
constexpr int32_t kRevision = 4;

napi_value Version(napi_env env, napi_callback_info) {
  napi_value version;
  napi_create_string_utf8(env, TF_Version(), NAPI_AUTO_LENGTH, &version);
  return version;
}

napi_value Initialise(napi_env env, napi_value exports) {
  Status status = NewStatus();
  spinenet::RegisterKernels(status.get());
  if (Failed(status)) return Throw(env, std::string("TensorFlow takes no kernels: ") + TF_Message(status.get()));
  const std::pair<const char*, napi_callback> functions[] = {
      {"createTensor", CreateTensor}, {"deleteTensor", DeleteTensor},   {"tensorBytes", TensorBytes},
      {"tensorShape", TensorShape},   {"createGraph", CreateGraph},     {"addOperation", AddOperation},
      {"addConstant", AddConstant},   {"createProgram", CreateProgram}, {"run", RunProgram},
      {"trace", TraceProgram},        {"version", Version},
  };
  for (const auto& [name, callback] : functions) {
    napi_value function;
    napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, nullptr, &function);
    napi_set_named_property(env, exports, name, function);
  }
  napi_value revision;
  napi_create_int32(env, kRevision, &revision);
  napi_set_named_property(env, exports, "revision", revision);
  return exports;
}

}  // namespace

NAPI_MODULE(NODE_GYP_MODULE_NAME, Initialise)
