internal import Attribution
internal import Checkpoints
internal import Classifiers
internal import Datasets
internal import Documents
internal import FoundationEssentials
internal import Molecules
internal import Ncurses
internal import Reports
internal import Tensors
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// An error with a message for users. All error types that leave their modules conform, so that
/// none is shown in Swift's notation; a test compares this list with the sources.
protocol Explained: Error {
  /// What is wrong, where, and what would be right; without line break and full stop.
  var sentence: String { get }
}

extension ModelOpeningError: Explained { var sentence: String { Messages.sentence(self) } }
extension CheckpointError: Explained { var sentence: String { Messages.sentence(self) } }
extension LabelsProblem: Explained { var sentence: String { Messages.sentence(self) } }
extension WindowsProblem: Explained { var sentence: String { Messages.sentence(self) } }
extension ClassifierError: Explained { var sentence: String { Messages.sentence(self) } }
extension TokenizerProblem: Explained { var sentence: String { Messages.sentence(self) } }
extension TokenizerFileError: Explained { var sentence: String { Messages.sentence(self) } }
extension VocabularyError: Explained {
  var sentence: String { Messages.sentence(TokenizerProblem.vocabulary(self)) }
}
extension SplittingError: Explained { var sentence: String { Messages.sentence(self) } }
extension RegexError: Explained { var sentence: String { "the pattern: \(Messages.fault(self))" } }
extension ExternalProcessError: Explained { var sentence: String { Messages.sentence(self) } }
extension DepictionRefusal: Explained {}
extension TensorError: Explained { var sentence: String { Messages.sentence(self) } }
extension ExplainerError: Explained { var sentence: String { Messages.sentence(self) } }
extension TextFileError: Explained { var sentence: String { Messages.sentence(self) } }
extension TextLineProblem: Explained { var sentence: String { Messages.sentence(self) } }
extension RasterizerError: Explained { var sentence: String { Messages.sentence(self) } }
extension StoreNotice: Explained { var sentence: String { Messages.sentence(self) } }
extension QuestionError: Explained { var sentence: String { Messages.sentence(self) } }
extension ClassMatchError: Explained { var sentence: String { Messages.sentence(self) } }
extension QueryError: Explained {}
extension ThemeError: Explained { var sentence: String { description } }
extension ScreenError: Explained { var sentence: String { Messages.sentence(self) } }
extension WholeFileError: Explained { var sentence: String { Messages.sentence(self) } }
extension Failure: Explained {}
extension CancellationError: Explained { var sentence: String { "it was stopped" } }

extension JSONError: Explained {
  var sentence: String { Messages.sentence(CheckpointError.json(fault, offset: offset)) }
}
