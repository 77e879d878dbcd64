public import Documents

/// The sizes and other settings of a model of one architecture, as the `config.json` of Whylight's own
/// model folder has them.
public protocol ArchitectureSettings: Sendable, Equatable {
  /// As `config.json` names it: `awd-lstm`.
  static var architecture: String { get }
  /// Reads the section of `config.json` that is called as the architecture, with `_` for `-`.
  /// - Throws: `CheckpointError`.
  init(_ section: Settings) throws
  /// The section from which `init` makes the same settings again.
  var json: JSON { get }
  /// The tokens are read from the last to the first; by default never.
  var isBackwards: Bool { get }
}

extension ArchitectureSettings {
  public var isBackwards: Bool { false }

  /// The name of the section of `config.json` that holds the settings.
  static var section: String {
    String(architecture.map { $0 == "-" ? "_" : $0 })
  }
}
