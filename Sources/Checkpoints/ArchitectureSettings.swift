public import Documents

/// The sizes and other settings of one architecture, as in the `config.json` of Whylight's own
/// model folder.
public protocol ArchitectureSettings: Sendable, Equatable {
  /// Its name in `config.json`: `awd-lstm`.
  static var architecture: String { get }
  /// Reads the section of `config.json` with the architecture's name, `_` in place of `-`.
  /// - Throws: `CheckpointError`.
  init(_ section: Settings) throws
  /// The section that `init` reads back as the same settings.
  var json: JSON { get }
  /// Whether tokens are read from last to first; false by default.
  var isBackwards: Bool { get }
}

extension ArchitectureSettings {
  public var isBackwards: Bool { false }

  /// The name of the section of `config.json` that holds the settings.
  static var section: String {
    String(architecture.map { $0 == "-" ? "_" : $0 })
  }
}
