package import Reports
package import TerminalUI

/// The screens and overlays of the explorer, one line each. Keys, hints, the help, the palette and
/// the key tables in the documentation are derived from this list.
package struct LayerCatalog: Sendable {
  package let screens: [any ScreenLayer.Type]
  /// The screen that is shown first and has the text editor; all others are opened above it.
  let first: any ScreenLayer.Type
  package let overlays: [any Overlay.Type]
  package let keymap: Keymap
  /// The formats that a screen can be exported in.
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

  /// The type that handles events and draws while a screen is visible.
  func layer(of screen: Screen) -> any ScreenLayer.Type {
    screens.first { $0.screen == screen } ?? first
  }

  /// A copy with the user's own keys, by the commands' names in the palette.
  package func with(keys: [String: [Key]]) -> LayerCatalog {
    LayerCatalog(screens: screens, overlays: overlays, formats: formats, keys: keys)
  }
}
