internal import Datasets
internal import FoundationEssentials

/// The folder for the user's settings and themes: `$XDG_CONFIG_HOME/whylight`.
enum ConfigurationFolder {
  /// nil if there is no home folder.
  static func path(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String? {
    UserFolder.path("XDG_CONFIG_HOME", below: ".config", environment: environment)
  }

  /// The file of settings; nil if there is no home folder.
  static var settings: String? { path().map { $0 + "/config.toml" } }

  /// The folder of the user's themes; nil if there is no home folder.
  static var themes: String? { path().map { $0 + "/themes" } }
}
