internal import Datasets
internal import Reports
internal import Workbench

/// Messages for questions without an answer, and for models that cannot be compared.
extension Messages {
  static func sentence(_ error: QuestionError) -> String {
    switch error {
    case .noModel: "the model is no longer open"
    case .noExamples: "the data set is no longer open"
    case .noExplainer(let name): "no explainer is called \(name)"
    case .noFastExplainer: "no method of one pass suits this model"
    }
  }

  static func sentence(_ error: ClassMatchError) -> String {
    switch error {
    case .noSuchClass(let name, let label, let className, let model, let classes):
      "--class-map \(label)=\(className): \(model) has no class '\(name)';"
        + " its classes are \(shortList(classes))"
    case .otherClasses(let second, let others, let first, let mine):
      "\(second) knows the classes \(shortList(others)) and \(first)"
        + " \(shortList(mine)): two models are compared on the same classes"
        + (mine.count == others.count
          ? "; --class-map OTHER=THIS says which is which, for each class" : "")
    case .otherKind(let second, let first):
      "\(second) and \(first) don't both answer with one class a text, or both with several"
    }
  }
}
