import Dispatch

extension Array {
  /// What `work` makes of each element, in order, worked out on all cores at once.
  /// - Parameter work: is called from several threads; what it shares must not change meanwhile, and what it makes must
  ///   be its own.
  package func mappedSideBySide<Made>(_ work: (Element) -> Made) -> [Made] {
    [Made](unsafeUninitializedCapacity: count) { made, filled in
      // Each thread reads elements and fills places of its own, and all have ended when this returns.
      nonisolated(unsafe) let (work, elements, places) = (work, self, made)
      withoutActuallyEscaping(work) { work in
        nonisolated(unsafe) let work = work
        DispatchQueue.concurrentPerform(iterations: count) { index in
          places.initializeElement(at: index, to: work(elements[index]))
        }
      }
      filled = count
    }
  }
}
