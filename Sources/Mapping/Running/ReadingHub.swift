import Diagnostics
import Documents

// The way out: finding resources and reading what lines want of them.
extension Workspace {
  /// Finds the resources of a scope and fills the frame at hand.
  /// - Parameter first: for an `each`, the resource that is gone through.
  mutating func findResources(_ number: Int, first: Int32?, _ writing: borrowing Writing) {
    let scope = writing.mapping.scopes[number]
    let frame = Int(frames[scope.depth])
    for (index, resource) in scope.found.enumerated() {
      let ordinal = index == 0 ? first ?? find(resource, writing) : find(resource, writing)
      resources.current[resource.index] = ordinal
      guard ordinal >= 0 else { continue }
      let binding = Binding(
        shapes: writing.shapes, plan: writing.mapping.hubRead, isXML: false, library: writing.library, isChecked: false)
      bind(
        resources.nodes[Int(ordinal)], type: resource.type, read: resource.read, frame: frame, binding, checks: false)
    }
  }

  private func find(_ resource: MappingPlan.Resource, _ writing: borrowing Writing) -> Int32 {
    switch resource.finding {
    case .ofType: return nextResource(ofType: resource.type, from: 0)
    case .reference(let depth, let cell):
      let reference = cells[Int(frames[depth]) + cell]
      return reference < 0 ? -1 : self.resource(of: reference)
    case .link(let link, let target):
      let ordinal = resources.current[target]
      return ordinal < 0 ? -1 : resources.linkHeads[link * resources.count + Int(ordinal)]
    }
  }

  private func nextResource(ofType type: Int, from start: Int) -> Int32 {
    var ordinal = start
    while ordinal < resources.count, resources.types[ordinal] != Int32(truncatingIfNeeded: type) { ordinal += 1 }
    return ordinal < resources.count ? Int32(truncatingIfNeeded: ordinal) : -1
  }

  /// One element of the format for each resource.
  mutating func writeEachResource(
    _ operation: WriteOperation, _ index: Int, _ writing: borrowing Writing
  ) -> Outcome {
    let number = Int(operation.argument.start)
    let scope = writing.mapping.scopes[number]
    guard let resource = scope.found.first else { return .nothing }
    var outcome = Outcome.nothing
    var ordinal = find(resource, writing)
    while ordinal >= 0 {
      let frame = addFrame(size: scope.hubFrameSize)
      frames.append(Int32(truncatingIfNeeded: frame))
      findResources(number, first: ordinal, writing)
      outcome = max(outcome, write(index + 1, writing))
      frames.truncate(to: frames.count - 1)
      cells.truncate(to: frame)
      ordinal = following(ordinal, resource)
    }
    return outcome
  }

  private func following(_ ordinal: Int32, _ resource: MappingPlan.Resource) -> Int32 {
    switch resource.finding {
    case .ofType: nextResource(ofType: resource.type, from: Int(ordinal) + 1)
    case .reference: -1
    case .link(let link, _): resources.linkNexts[link * resources.count + Int(ordinal)]
    }
  }
}
