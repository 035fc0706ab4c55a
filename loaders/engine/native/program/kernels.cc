#include "kernels.h"

#include <initializer_list>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "featureMaps.h"
#include "kernelApi.h"

namespace spinenet {
namespace {

template <auto Delete>
struct Deleter {
  template <typename T>
  void operator()(T* pointer) const { Delete(pointer); }
};

using Status = std::unique_ptr<TF_Status, Deleter<TF_DeleteStatus>>;
using Tensor = std::unique_ptr<TF_Tensor, Deleter<TF_DeleteTensor>>;

template <typename T>
constexpr TF_DataType kType = TF_FLOAT;
template <>
constexpr TF_DataType kType<BFloat16> = TF_BFLOAT16;

// What a kernel reads and writes in one call. After a failure its pointers are null, and TensorFlow knows of it.
class Call {
 public:
  explicit Call(TF_OpKernelContext* context) : context_(context), status_(TF_NewStatus()) {
    for (int i = 0; i < TF_NumInputs(context); i++) {
      TF_Tensor* input = nullptr;
      TF_GetInput(context, i, &input, status_.get());
      inputs_.emplace_back(input);
      Check();
    }
  }

  bool Failed() const { return TF_GetCode(status_.get()) != TF_OK; }

  int InputCount() const { return static_cast<int>(inputs_.size()); }

  template <typename T>
  const T* Input(int index) const { return static_cast<const T*>(TF_TensorData(inputs_[index].get())); }

  int64_t SizeOf(int index) const { return TF_TensorElementCount(inputs_[index].get()); }

  // Rows and channels of an input, channels last.
  MapShape ShapeOf(int index) const {
    const TF_Tensor* input = inputs_[index].get();
    const int rank = TF_NumDims(input);
    const int64_t channels = rank == 0 ? 1 : TF_Dim(input, rank - 1);
    return {channels == 0 ? 0 : SizeOf(index) / channels, channels};
  }

  // Room for an output of the shape of an input.
  template <typename T>
  T* Output(int index, int like) {
    const TF_Tensor* input = inputs_[like].get();
    std::vector<int64_t> shape(TF_NumDims(input));
    for (size_t axis = 0; axis < shape.size(); axis++) shape[axis] = TF_Dim(input, axis);
    Tensor output(TF_AllocateOutput(context_, index, kType<T>, shape.data(), shape.size(), SizeOf(like) * sizeof(T),
                                    status_.get()));
    Check();
    return Failed() ? nullptr : static_cast<T*>(TF_TensorData(output.get()));
  }

  void Require(bool holds, const char* message) {
    if (holds || Failed()) return;
    TF_SetStatus(status_.get(), TF_INVALID_ARGUMENT, message);
    Check();
  }

 private:
  void Check() {
    if (Failed()) TF_OpKernelContext_Failure(context_, status_.get());
  }

  TF_OpKernelContext* context_;
  Status status_;
  std::vector<Tensor> inputs_;
};

struct NormAttributes {
  float epsilon = 0;
  bool relu = false;
};

void* ReadNormAttributes(TF_OpKernelConstruction* construction) {
  auto attributes = std::make_unique<NormAttributes>();
  Status status(TF_NewStatus());
  unsigned char relu = 0;
  TF_OpKernelConstruction_GetAttrFloat(construction, "epsilon", &attributes->epsilon, status.get());
  if (TF_GetCode(status.get()) == TF_OK) {
    TF_OpKernelConstruction_GetAttrBool(construction, "relu", &relu, status.get());
  }
  if (TF_GetCode(status.get()) != TF_OK) TF_OpKernelConstruction_Failure(construction, status.get());
  attributes->relu = relu != 0;
  return attributes.release();
}

void DeleteNormAttributes(void* attributes) { delete static_cast<NormAttributes*>(attributes); }

Normalisation NormalisationOf(const Call& call, int gamma, void* kernel) {
  const auto* attributes = static_cast<const NormAttributes*>(kernel);
  return {call.Input<float>(gamma), call.Input<float>(gamma + 1), attributes->epsilon, attributes->relu};
}

constexpr char kChannelsMismatch[] = "A batch norm's inputs have to agree on the channels, of which there is one or more.";

template <typename T>
void ComputeBatchNorm(void* kernel, TF_OpKernelContext* context) {
  Call call(context);
  if (call.Failed()) return;
  const MapShape shape = call.ShapeOf(0);
  call.Require(shape.rows > 0 && call.SizeOf(1) == shape.channels && call.SizeOf(2) == shape.channels,
               kChannelsMismatch);
  if (call.Failed()) return;
  T* y = call.Output<T>(0, 0);
  float* mean = call.Failed() ? nullptr : call.Output<float>(1, 1);
  float* variance = call.Failed() ? nullptr : call.Output<float>(2, 1);
  if (call.Failed()) return;
  BatchNorm(call.Input<T>(0), shape, NormalisationOf(call, 1, kernel), mean, variance, y);
}

template <typename T>
void ComputeBatchNormGrad(void* kernel, TF_OpKernelContext* context) {
  Call call(context);
  if (call.Failed()) return;
  const MapShape shape = call.ShapeOf(0);
  bool agree = shape.rows > 0 && call.SizeOf(1) == call.SizeOf(0);
  for (int i = 2; i < 6; i++) agree = agree && call.SizeOf(i) == shape.channels;
  call.Require(agree, kChannelsMismatch);
  if (call.Failed()) return;
  T* dx = call.Output<T>(0, 0);
  float* dgamma = call.Failed() ? nullptr : call.Output<float>(1, 2);
  float* dbeta = call.Failed() ? nullptr : call.Output<float>(2, 2);
  if (call.Failed()) return;
  BatchNormGrad(call.Input<T>(0), call.Input<T>(1), shape, NormalisationOf(call, 2, kernel),
                {call.Input<float>(4), call.Input<float>(5)}, dx, dgamma, dbeta);
}

template <typename T>
void ComputeAdd(void*, TF_OpKernelContext* context) {
  Call call(context);
  if (call.Failed()) return;
  std::vector<const T*> maps;
  bool agree = call.InputCount() > 1;
  for (int i = 0; i < call.InputCount(); i++) {
    agree = agree && call.SizeOf(i) == call.SizeOf(0);
    maps.push_back(call.Input<T>(i));
  }
  call.Require(agree, "Maps to add have to be of the same size, two or more.");
  if (call.Failed()) return;
  T* sum = call.Output<T>(0, 0);
  if (!call.Failed()) Add(maps, call.SizeOf(0), sum);
}

template <typename T>
void ComputeRelu(void*, TF_OpKernelContext* context) {
  Call call(context);
  if (call.Failed()) return;
  T* y = call.Output<T>(0, 0);
  if (!call.Failed()) Relu(call.Input<T>(0), call.SizeOf(0), y);
}

template <typename T>
void ComputeReluGrad(void*, TF_OpKernelContext* context) {
  Call call(context);
  if (call.Failed()) return;
  call.Require(call.SizeOf(0) == call.SizeOf(1), "A ReLU's gradient has to be of the size of its input.");
  if (call.Failed()) return;
  T* dx = call.Output<T>(0, 0);
  if (!call.Failed()) ReluGrad(call.Input<T>(0), call.Input<T>(1), call.SizeOf(0), dx);
}

// The first output has the first input's shape.
void LikeFirst(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeHandle* shape = TF_NewShapeHandle();
  TF_ShapeInferenceContextGetInput(context, 0, shape, status);
  if (TF_GetCode(status) == TF_OK) TF_ShapeInferenceContextSetOutput(context, 0, shape, status);
  TF_DeleteShapeHandle(shape);
}

// And two more outputs have the shape of the input `gamma`.
template <int gamma>
void LikeFirstAndGamma(TF_ShapeInferenceContext* context, TF_Status* status) {
  LikeFirst(context, status);
  if (TF_GetCode(status) != TF_OK) return;
  TF_ShapeHandle* shape = TF_NewShapeHandle();
  TF_ShapeInferenceContextGetInput(context, gamma, shape, status);
  for (int output = 1; output < 3 && TF_GetCode(status) == TF_OK; output++) {
    TF_ShapeInferenceContextSetOutput(context, output, shape, status);
  }
  TF_DeleteShapeHandle(shape);
}

struct Operation {
  const char* name;
  std::initializer_list<const char*> attributes;
  std::initializer_list<const char*> inputs;
  std::initializer_list<const char*> outputs;
  void (*shapes)(TF_ShapeInferenceContext*, TF_Status*);
  void* (*create)(TF_OpKernelConstruction*);
  void (*destroy)(void*);
  void (*compute_float)(void*, TF_OpKernelContext*);
  void (*compute_bfloat16)(void*, TF_OpKernelContext*);
};

void RegisterKernel(const Operation& operation, TF_DataType type, void (*compute)(void*, TF_OpKernelContext*),
                    TF_Status* status) {
  TF_KernelBuilder* builder =
      TF_NewKernelBuilder(operation.name, "CPU", operation.create, compute, operation.destroy);
  TF_KernelBuilder_TypeConstraint(builder, "T", type, status);
  if (TF_GetCode(status) != TF_OK) {
    TF_DeleteKernelBuilder(builder);
    return;
  }
  const std::string name = std::string(operation.name) + (type == TF_FLOAT ? "Float" : "BFloat16");
  TF_RegisterKernelBuilder(name.c_str(), builder, status);
}

void Register(const Operation& operation, TF_Status* status) {
  TF_OpDefinitionBuilder* builder = TF_NewOpDefinitionBuilder(operation.name);
  TF_OpDefinitionBuilderAddAttr(builder, "T: {float, bfloat16}");
  for (const char* attribute : operation.attributes) TF_OpDefinitionBuilderAddAttr(builder, attribute);
  for (const char* input : operation.inputs) TF_OpDefinitionBuilderAddInput(builder, input);
  for (const char* output : operation.outputs) TF_OpDefinitionBuilderAddOutput(builder, output);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(builder, operation.shapes);
  TF_RegisterOpDefinition(builder, status);
  if (TF_GetCode(status) == TF_OK) RegisterKernel(operation, TF_FLOAT, operation.compute_float, status);
  if (TF_GetCode(status) == TF_OK) RegisterKernel(operation, TF_BFLOAT16, operation.compute_bfloat16, status);
}

}  // namespace

void RegisterKernels(TF_Status* status) {
  static std::once_flag once;
  // Why it failed, for all who ask later; empty if it did not.
  static std::string failure;
  std::call_once(once, [status] {
    const Operation operations[] = {
        {"SpineNetBatchNorm", {"epsilon: float", "relu: bool"}, {"x: T", "gamma: float", "beta: float"},
         {"y: T", "mean: float", "variance: float"}, LikeFirstAndGamma<1>, ReadNormAttributes, DeleteNormAttributes,
         ComputeBatchNorm<float>, ComputeBatchNorm<BFloat16>},
        {"SpineNetBatchNormGrad", {"epsilon: float", "relu: bool"},
         {"x: T", "dy: T", "gamma: float", "beta: float", "mean: float", "variance: float"},
         {"dx: T", "dgamma: float", "dbeta: float"}, LikeFirstAndGamma<2>, ReadNormAttributes, DeleteNormAttributes,
         ComputeBatchNormGrad<float>, ComputeBatchNormGrad<BFloat16>},
        {"SpineNetAdd", {"N: int >= 2"}, {"maps: N * T"}, {"sum: T"}, LikeFirst, nullptr, nullptr,
         ComputeAdd<float>, ComputeAdd<BFloat16>},
        {"SpineNetRelu", {}, {"x: T"}, {"y: T"}, LikeFirst, nullptr, nullptr, ComputeRelu<float>,
         ComputeRelu<BFloat16>},
        {"SpineNetReluGrad", {}, {"dy: T", "x: T"}, {"dx: T"}, LikeFirst, nullptr, nullptr, ComputeReluGrad<float>,
         ComputeReluGrad<BFloat16>},
    };
    for (const Operation& operation : operations) {
      if (TF_GetCode(status) == TF_OK) Register(operation, status);
    }
    if (TF_GetCode(status) != TF_OK) failure = TF_Message(status);
  });
  if (!failure.empty()) TF_SetStatus(status, TF_INTERNAL, failure.c_str());
}

}  // namespace spinenet
