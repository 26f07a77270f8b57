import Dispatch
import Foundation
import Store
import Synchronization

/// What several threads that close a month share: who does which page, and whose turn it is to commit.
///
/// Claims are written side by side, which takes most of the time; batches are committed one after another, in the order
/// of their pages, so that their numbers and contents are always the same.
final class ClosingRun: Sendable {
  /// A page that a thread has to do.
  struct Task: Sendable {
    let page: OpenPages.Page
    /// The number that its batch gets unless one before it is split.
    let number: Int64
    fileprivate let turn, next: DispatchSemaphore
  }

  /// What only the thread sees whose turn it is.
  struct Book {
    var number: Int64
    var done = 0
    var report = ClosingReport()
  }

  private struct State {
    var pages: OpenPages
    /// What the next page's batch is likely to be numbered.
    var likely: Int64
    var turn: DispatchSemaphore
    var book: Book
    var failure: (any Error)?
  }

  private let state: Mutex<State>

  init(_ pages: sending OpenPages, firstNumber: Int64) {
    // Signalled rather than begun with one: a semaphore must not end lower than it began.
    let turn = DispatchSemaphore(value: 0)
    turn.signal()
    state = Mutex(State(pages: pages, likely: firstNumber, turn: turn, book: Book(number: firstNumber)))
  }

  /// Does all pages on as many threads as there are processors, up to four; gives what they came to.
  /// - Parameter work: does a page; it commits within ``inTurn(_:_:)``.
  /// - Throws: the first error; pages behind it are not committed.
  func closeAll(_ work: @escaping @Sendable (Task) throws -> Void) throws -> ClosingReport {
    let others = min(ProcessInfo.processInfo.activeProcessorCount, 4) - 1
    let ended = DispatchGroup()
    for _ in 0..<others {
      ended.enter()
      let thread = Thread { [self] in
        doPages(work)
        ended.leave()
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    doPages(work)
    ended.wait()
    return try state.withLock { state in
      if let failure = state.failure { throw failure }
      return state.book.report
    }
  }

  private func doPages(_ work: (Task) throws -> Void) {
    while let task = take() {
      do {
        try work(task)
      } catch {
        fail(error)
      }
    }
  }

  private func fail(_ error: any Error) {
    state.withLock { state in
      if state.failure == nil { state.failure = error }
    }
  }

  private func take() -> Task? {
    state.withLock { state in
      guard state.failure == nil else { return nil }
      do {
        guard let page = try state.pages.next() else { return nil }
        let task = Task(page: page, number: state.likely, turn: state.turn, next: DispatchSemaphore(value: 0))
        state.turn = task.next
        if !page.records.isEmpty { state.likely += 1 }
        return task
      } catch {
        state.failure = error
        return nil
      }
    }
  }

  /// Waits until all pages before a task's are committed, and commits it; nothing when one of them failed.
  func inTurn(_ task: Task, _ commit: (inout Book) throws -> Void) throws {
    task.turn.wait()
    defer { task.next.signal() }
    guard var book = state.withLock({ $0.failure == nil ? $0.book : nil }) else { return }
    do {
      try commit(&book)
    } catch {
      fail(error)
      throw error
    }
    state.withLock { [book] in $0.book = book }
  }
}
