internal import Checkpoints
internal import Classifiers
internal import Reports

/// Messages for adapters that cannot be merged.
extension Messages {
  /// - Parameter path: the adapter's folder.
  static func sentence(_ fault: AdapterFault, at path: String) -> String {
    switch fault {
    case .unsupportedMethod(let name):
      "an adapter (peft) of the method \(name); LoRA is the one that can be read; "
        + (canBeMerged(name) ? merging(path) : program)
    case .unsupportedSetting(let name, let value):
      "a LoRA adapter with \(name) = \(value), which is not plain LoRA; \(merging(path))"
    case .notPeft:
      "adapter_config.json names no peft_type: an adapter of another library than peft; \(program)"
    case .otherTask(let name):
      "an adapter for the task \(name); one for the classification of texts (SEQ_CLS) is needed"
    case .noWeights(let expected):
      "the adapter has no weights; looked for \(list(expected))"
    case .noBase(let name, let places):
      name.map { "the adapter belongs to the model \($0), which is in none of \(list(places))" }
        .map { $0 + "; give the folder of that model with --base FOLDER" }
        ?? "the adapter does not say to which model it belongs; give its folder with --base FOLDER"
    case .otherBase(let tensor):
      "the adapter's tensor '\(tensor)' has no place in the base, which is another model than the one"
        + " that the adapter was made for"
    case .halfChange(let tensor):
      "the adapter has '\(tensor)' without the second matrix that belongs to it; the file is damaged"
    case .notLearned(let tensors):
      "\(list(tensors.map { "'\($0)'" })) \(tensors.count == 1 ? "is" : "are") neither in the adapter nor"
        + " in the base: transformers draws such weights at random, and every prediction with them;"
        + " save the adapter with these modules in modules_to_save"
    }
  }

  /// Adapters that change weights can be merged; those that add tokens to the text cannot.
  private static func canBeMerged(_ method: String) -> Bool {
    ![
      "PROMPT_TUNING", "MULTITASK_PROMPT_TUNING", "P_TUNING", "PREFIX_TUNING", "ADAPTION_PROMPT",
      "CPT", "XLORA",
    ].contains(method)
  }

  private static func merging(_ path: String) -> String {
    "merge it with python3 -c \"from peft import AutoPeftModelForSequenceClassification as A;"
      + " A.from_pretrained('\(path)').merge_and_unload().save_pretrained('merged')\", and copy the"
      + " tokenizer's files"
  }
}
