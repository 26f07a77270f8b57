public import Store

extension HubMerger {
  /// Works out anew by what resources are found, after the rules were changed.
  /// - Parameter place: where the last call ended; 0 to begin.
  /// - Returns: the changes to apply, and the place to go on from; `nil` at the end.
  public func reindex(
    _ store: any HubStore, after place: Int64, limit: Int
  ) throws(HubFailure) -> (changes: [HubChange], next: Int64?) {
    let page: [HubMaterial]
    do throws(StoreError) {
      page = try store.materials(after: place, limit: limit)
    } catch {
      throw .store(error)
    }
    var changes: [HubChange] = []
    for material in page {
      if let change = try reindexed(material, store) { changes.append(change) }
    }
    return (changes, page.count < limit ? nil : page.last?.place)
  }

  /// `nil` when it is found by what it should be found by.
  private func reindexed(_ material: HubMaterial, _ store: any HubStore) throws(HubFailure) -> HubChange? {
    tree.begin(now: Timestamp.text(milliseconds: material.resource.origin.time))
    var run = HubMergeRun(
      rules: rules, tree: tree, naming: naming, store: store, origin: material.resource.origin)
    let index = try run.index(of: material)
    guard index != material.index else { return nil }
    return .index(
      HubIndexing(id: material.resource.id, expected: material.revision, index: index))
  }
}
