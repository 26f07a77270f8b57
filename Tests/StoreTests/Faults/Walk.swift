import Foundation
import Store

/// A store on a ``FaultDisk`` that is led through the ``Journey``.
final class Walk {
  let disk: FaultDisk
  /// The steps that are acknowledged.
  private(set) var done: Int
  /// How many calls the disk had had when each of them was; first that of opening.
  private(set) var acknowledged: [Int] = []
  private var store: SQLiteMessageStore?

  var path: String { disk.folder + "/messages.sqlite" }
  var isAtEnd: Bool { done == Journey.steps.count }

  init(on disk: FaultDisk, done: Int = 0) {
    self.disk = disk
    self.done = done
    FaultVFS.mount(disk)
  }

  deinit {
    store?.close()
    FaultVFS.unmount(disk)
  }

  /// Opens the store, and goes on until a step has failed so many times in a row.
  /// - Parameter visit: called after opening and after each step.
  func go(tries: Int = 1, _ visit: (Walk) throws -> Void = { _ in }) async throws {
    var failures = 0
    while !isAtEnd || store == nil {
      do {
        if store == nil {
          try open()
          if acknowledged.isEmpty { acknowledged.append(disk.callCount) }
        } else {
          try await step()
        }
        failures = 0
        try visit(self)
      } catch is StoreError {
        failures += 1
        if failures == tries { return }
      }
    }
  }

  private func open() throws {
    store = try SQLiteMessageStore(path: path)
  }

  private func step() async throws {
    let step = Journey.steps[done]
    if step.name == Journey.reopening.name {
      close()
      done += 1
      acknowledged.append(disk.callCount)
      return
    }
    guard let store else { return }
    do {
      try await step.run(store)
    } catch let wrong as Journey.Wrong {
      throw Journey.Wrong(found: "\(step.name): \(wrong.found)")
    }
    done += 1
    acknowledged.append(disk.callCount)
  }

  /// Leaves the rest of the journey out.
  func leave() {
    done = Journey.steps.count
  }

  /// As much as a program can that ends.
  func close() {
    store?.close()
    store = nil
  }

  func state() throws -> StoredState {
    guard let store else { throw Journey.Wrong(found: "the store is closed") }
    return try StoredState(path: path, store)
  }

  /// Sees how far the file has come: to the last acknowledged step, or one further; and goes on from there.
  func find(among fingerprints: [Int], acknowledged: Int) throws {
    let state = try state()
    guard state.problems.isEmpty else { throw Journey.Wrong(found: state.problems.joined(separator: "; ")) }
    let possible = acknowledged...min(acknowledged + 1, fingerprints.count - 1)
    guard let found = possible.first(where: { fingerprints[$0] == state.fingerprint }) else {
      let other = fingerprints.firstIndex(of: state.fingerprint).map { "it is at step \($0)" }
      throw Journey.Wrong(
        found:
          "after step \(acknowledged) the file is in no state of the journey; \(other ?? "in no other either")"
      )
    }
    done = found
  }
}
