internal import ArgumentParser
internal import Attribution
internal import Reports

/// A command's options for the settings of explainers: one for each setting of the catalogue.
///
/// ArgumentParser finds the options of a type by its mirror and decodes them by name; both are
/// generated from the catalogue here, so that a new explainer's settings need no line in a command.
/// Only `--group` is declared elsewhere, because it accepts parts of molecules as well.
struct SettingOptions: ParsableArguments, CustomReflectable {
  /// The typed values by the settings' names.
  private var values: [String: String] = [:]
  private static let settings = ExplainerCatalog.settings.filter { $0 != .group }

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: SettingName.self)
    for setting in Self.settings {
      values[setting.name] =
        try container.decode(Option<String?>.self, forKey: SettingName(setting)).wrappedValue
    }
  }

  var customMirror: Mirror {
    Mirror(self, children: Self.settings.map { (label: $0.name, value: Self.option($0) as Any) })
  }

  private static func option(_ setting: ExplainerSetting) -> Option<String?> {
    Option(
      name: .customLong(setting.name),
      help: ArgumentHelp(setting.help, discussion: setting.details),
      completion: setting.choices.isEmpty ? .default : .list(setting.choices))
  }

  /// The resulting options; invalid values were refused by `validate`.
  var options: ExplainerOptions {
    Self.settings.reduce(into: ExplainerOptions()) { options, setting in
      try? setting.set(values[setting.name], in: &options)
    }
  }

  func validate() throws {
    var options = ExplainerOptions()
    for setting in Self.settings {
      do {
        try setting.set(values[setting.name], in: &options)
      } catch let error as ExplainerError {
        throw ValidationError(Messages.sentence(error))
      }
    }
  }
}

/// A setting's name as a coding key.
private struct SettingName: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ setting: ExplainerSetting) { stringValue = setting.name }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
