/// Why an adapter of the peft library can't be put on a model.
public enum AdapterFault: Sendable, Equatable {
  /// A method other than LoRA, by peft's name for it: `IA3`.
  case unsupportedMethod(name: String)
  /// A setting that changes what LoRA computes: `use_dora`.
  case unsupportedSetting(name: String, value: String)
  /// An adapter of another library, whose settings name no method.
  case notPeft
  /// A task other than the classification of texts: `CAUSAL_LM`.
  case otherTask(name: String)
  /// None of the files in which an adapter's weights are looked for.
  case noWeights(expected: [String])
  /// Neither the adapter nor the user says which model it belongs to, or that model is not where it was
  /// looked for.
  case noBase(name: String?, places: [String])
  /// A tensor of the adapter belongs to a module that the base does not have.
  case otherBase(tensor: String)
  /// One of the two matrices of a change is missing.
  case halfChange(tensor: String)
  /// Tensors of the model that are in neither file: where the adapter was used, they were drawn at random.
  case notLearned(tensors: [String])
}
