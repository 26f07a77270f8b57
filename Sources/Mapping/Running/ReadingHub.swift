import Diagnostics
import Documents

// The way out: finding resources and reading what lines want of them.
extension Workspace {
  /// Finds the resources of a scope and fills the frame at hand.
  /// - Parameter first: for an `each`, the resource that is gone through, else -1.
  mutating func findResources(_ number: Int, first: Int32, _ writing: Writing) {
    let scope = writing.scopes[number]
    let frame = Int(frames[Int(scope.depth)])
    for i in scope.found.indices {
      let resource = writing.resources[i]
      let ordinal = first >= 0 && i == Int(scope.found.start) ? first : find(resource, writing)
      resources.current[Int(resource.index)] = ordinal
      guard ordinal >= 0 else { continue }
      bind(
        resources.nodes[Int(ordinal)], type: Int(resource.type), read: resource.read, frame: frame,
        writing.hub,
        checks: false)
    }
  }

  private mutating func find(_ resource: MappingPlan.Resource, _ writing: Writing) -> Int32 {
    switch resource.finding {
    case .ofType: return suitable(from: next(resource, from: 0), resource, writing)
    case .reference:
      let reference = cells[Int(frames[Int(resource.first)]) + Int(resource.second)]
      let ordinal = reference < 0 ? -1 : self.resource(of: reference)
      return ordinal >= 0 && resources.types[Int(ordinal)] == resource.type ? ordinal : -1
    case .link:
      return suitable(from: referrer(after: -1, resource), resource, writing)
    }
  }

  /// The first from here on that has the resource's fixed values.
  private mutating func suitable(from start: Int32, _ resource: MappingPlan.Resource, _ writing: Writing)
    -> Int32
  {
    guard resource.fixed.count > 0 else { return start }
    var ordinal = start
    while ordinal >= 0, !matches(resources.nodes[Int(ordinal)], resource.fixed, writing.hub) {
      ordinal = following(ordinal, resource)
    }
    return ordinal
  }

  private mutating func next(_ resource: MappingPlan.Resource, from start: Int) -> Int32 {
    var ordinal = start
    while ordinal < resources.count, resources.types[ordinal] != resource.type { ordinal += 1 }
    return ordinal < resources.count ? Int32(truncatingIfNeeded: ordinal) : -1
  }

  private mutating func following(_ ordinal: Int32, _ resource: MappingPlan.Resource) -> Int32 {
    switch resource.finding {
    case .ofType: next(resource, from: Int(ordinal) + 1)
    case .reference: -1
    case .link: referrer(after: ordinal, resource)
    }
  }

  private func referrer(after ordinal: Int32, _ resource: MappingPlan.Resource) -> Int32 {
    let target = resources.current[Int(resource.second)]
    guard target >= 0 else { return -1 }
    return resources.links.referrer(of: target, by: resource.first, after: ordinal, of: resources.count)
  }

  /// One element of the format for each resource.
  mutating func writeEachResource(
    _ operation: WriteEntry, _ index: Int, _ writing: Writing
  ) -> Outcome {
    var outcome = Outcome.nothing
    forEachResource(of: Int(operation.argument.start), writing) { workspace in
      outcome = max(outcome, workspace.write(index + 1, writing))
    }
    return outcome
  }

  /// Goes through the resources of an `each` that its condition lets through, with what is found from each.
  @inline(__always)
  mutating func forEachResource(
    of number: Int, _ writing: Writing, _ body: (inout Workspace) -> Void
  ) {
    let scope = writing.scopes[number]
    guard scope.found.count > 0 else { return }
    let resource = writing.resources[Int(scope.found.start)]
    var ordinal = find(resource, writing)
    while ordinal >= 0 {
      let frame = addFrame(size: Int(scope.hubFrameSize))
      frames.append(Int32(truncatingIfNeeded: frame))
      findResources(number, first: ordinal, writing)
      if scope.when < 0 || holds(scope.when, writing) { body(&self) }
      frames.truncate(to: frames.count - 1)
      cells.truncate(to: frame)
      ordinal = suitable(from: following(ordinal, resource), resource, writing)
    }
  }

  /// Goes through the frames of a list that a condition lets through.
  @inline(__always)
  mutating func forEachFrame(
    inListAt cell: Int, depth: Int, when: Int32, _ writing: Writing, _ body: (inout Workspace) -> Void
  ) {
    var frame = cells[Int(frames[depth]) + cell]
    while frame >= 0 {
      frames.append(frame)
      if when < 0 || holds(when, writing) { body(&self) }
      frames.truncate(to: frames.count - 1)
      frame = cells[Int(frame)]
    }
  }
}
