/// The panes of Explore that take the focus, in the order of Tab.
public enum Pane: Sendable, Hashable, CaseIterable {
  case editor, heatmap, tokens, findings, prediction, explainers, trust
}
