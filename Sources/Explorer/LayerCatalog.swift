package import Reports
package import TerminalUI

/// What the explorer is made of: its screens and what may lie over them, a line each. Keys, hints, help,
/// palette and the tables of keys in the documentation are computed from it.
package struct LayerCatalog: Sendable {
  package let screens: [any ScreenLayer.Type]
  /// The one that is seen first, with the text's editor; all others lie over it.
  let first: any ScreenLayer.Type
  package let overlays: [any Overlay.Type]
  package let keymap: Keymap
  /// What a screen can be exported as.
  package let formats: OutputCatalog

  package static let standard = LayerCatalog(
    screens: [ExploreScreen.self, ErrorsScreen.self, CompareScreen.self, LogScreen.self],
    overlays: [
      Palette.self, Jump.self, ExportPrompt.self, Card.self, ModelPrompt.self, ThemePicker.self,
      HelpSheet.self, ModelSheet.self, WordPrompt.self, NotePrompt.self, ColumnPicker.self,
      PasteQuestion.self, Confirmation.self, ClassPrompt.self, SettingsPrompt.self,
      SwapPrompt.self, SearchPrompt.self, Presentation.self, Welcome.self, CandidatePrompt.self,
      LabelsPrompt.self,
    ])

  package init(
    screens: [any ScreenLayer.Type], overlays: [any Overlay.Type],
    formats: OutputCatalog = .standard, keys: [String: [Key]] = [:]
  ) {
    self.screens = screens
    first = screens.first ?? ExploreScreen.self
    self.overlays = overlays
    self.formats = formats
    keymap = Keymap(screens: screens, overlays: overlays, keys: keys)
  }

  /// What handles events and draws while a screen is visible.
  func layer(of screen: Screen) -> any ScreenLayer.Type {
    screens.first { $0.screen == screen } ?? first
  }

  /// With keys of the user's own, by the names of the palette.
  package func with(keys: [String: [Key]]) -> LayerCatalog {
    LayerCatalog(screens: screens, overlays: overlays, formats: formats, keys: keys)
  }
}
