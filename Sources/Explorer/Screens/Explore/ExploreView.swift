internal import TerminalUI

extension State {
  func drawExplore(_ layout: ExploreLayout, _ picture: inout Picture) {
    if let pane = layout.zoomed { return drawZoomed(pane, layout, &picture) }
    for part in document.fields.indices {
      EditorView(state: self, layout: layout, part: part).draw(on: &picture)
    }
    HeatmapView(state: self, layout: layout).draw(on: &picture)
    let settledState = settledState
    if layout.kind == .wide {
      if findings.page == nil {
        TokensView(state: settledState, rect: layout.tokens).draw(on: &picture)
      } else {
        FindingsView(state: self, rect: layout.findings).draw(on: &picture)
      }
      PredictionView(state: self, rect: layout.prediction).draw(on: &picture)
      ExplainersView(state: settledState, rect: layout.explainers).draw(on: &picture)
      if layout.trust.size.rows > 0 {
        TrustView(state: settledState, rect: layout.trust).draw(on: &picture)
      }
      if layout.legend.size.rows > 0 {
        LegendView(state: settledState, rect: layout.legend).draw(on: &picture)
      }
    } else if layout.kind == .stacked {
      switch explore.focus {
      case .prediction: PredictionView(state: self, rect: layout.tokens).draw(on: &picture)
      case .explainers: ExplainersView(state: settledState, rect: layout.tokens).draw(on: &picture)
      case .trust: TrustView(state: settledState, rect: layout.tokens).draw(on: &picture)
      case .editor, .heatmap, .tokens, .findings:
        if findings.page == nil {
          TokenLinesView(state: settledState, rect: layout.tokens).draw(on: &picture)
        } else {
          FindingsView(state: self, rect: layout.findings).draw(on: &picture)
        }
      }
    } else if layout.kind == .small, findings.page != nil {
      FindingsView(state: self, rect: layout.findings).draw(on: &picture)
    }
  }

  /// Draws the pane that fills the window.
  private func drawZoomed(_ pane: Pane, _ layout: ExploreLayout, _ picture: inout Picture) {
    switch pane {
    case .editor:
      for part in document.fields.indices {
        EditorView(state: self, layout: layout, part: part).draw(on: &picture)
      }
    case .heatmap: HeatmapView(state: self, layout: layout).draw(on: &picture)
    case .tokens: TokensView(state: settledState, rect: layout.tokens).draw(on: &picture)
    case .findings: FindingsView(state: self, rect: layout.findings).draw(on: &picture)
    case .prediction: PredictionView(state: self, rect: layout.prediction).draw(on: &picture)
    case .explainers:
      ExplainersView(state: settledState, rect: layout.explainers).draw(on: &picture)
    case .trust: TrustView(state: settledState, rect: layout.trust).draw(on: &picture)
    }
  }
}
