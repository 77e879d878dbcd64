/// Why a peft adapter cannot be merged into a model.
public enum AdapterFault: Sendable, Equatable {
  /// A method other than LoRA, by peft's name for it: `IA3`.
  case unsupportedMethod(name: String)
  /// A setting that changes what LoRA computes: `use_dora`.
  case unsupportedSetting(name: String, value: String)
  /// An adapter of another library, whose settings name no method.
  case notPeft
  /// A task other than text classification: `CAUSAL_LM`.
  case otherTask(name: String)
  /// None of the files that may contain an adapter's weights exists.
  case noWeights(expected: [String])
  /// Neither the adapter nor the user names its base model, or that model was not found in these
  /// places.
  case noBase(name: String?, places: [String])
  /// A tensor of the adapter belongs to a module that the base lacks.
  case otherBase(tensor: String)
  /// One of the two matrices of a change is missing.
  case halfChange(tensor: String)
  /// Tensors of the model that are in neither file; they were initialised at random where the
  /// adapter was used.
  case notLearned(tensors: [String])
}
