// What refers to itself in a checked mapping is taken apart when its plan is made, or its memory would stay
// with every reload.

extension CheckedMapping {
  /// The last use of the mapping's names and targets.
  func release() {
    scope.formatTarget.release()
    for name in resources {
      name.resource?.after = []
      name.resource?.links = []
      name.resource?.finding = .ofType
      name.target.release()
    }
  }
}

extension TargetNode {
  /// The last use of this node and all below it.
  fileprivate func release() {
    for child in children { child.node.release() }
    leaf = nil
    each = nil
  }
}
