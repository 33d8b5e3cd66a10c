// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Memory that a worker keeps from one document to the next, so that documents allocate nothing.
///
/// Elements up to `count` are initialised; `pointer` is valid for `capacity` of them.
struct ReusableBuffer<Element: BitwiseCopyable>: ~Copyable {
  private(set) var pointer: UnsafeMutablePointer<Element>
  private(set) var capacity: Int
  var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    pointer = .allocate(capacity: capacity)
  }

  deinit {
    pointer.deallocate()
  }

  var elements: UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: pointer, count: count)
  }

  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(elements)
  }

  /// Where the next element goes; moving it on says that those up to it have been written.
  var end: UnsafeMutablePointer<Element> {
    @inline(__always) get { pointer + count }
    @inline(__always) set {
      count = newValue - pointer
      assert(0...capacity ~= count)
    }
  }

  /// Makes room for `additional` more elements; grows at least by half, so appending stays linear.
  @inline(__always)
  mutating func reserve(_ additional: Int) {
    if count &+ additional > capacity { grow(to: count + additional) }
  }

  /// `reserve` must have made room.
  @inline(__always)
  mutating func appendReserved(_ element: Element) {
    assert(count < capacity)
    pointer[count] = element
    count &+= 1
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    reserve(1)
    appendReserved(element)
  }

  /// Empties the buffer and gives back what one huge document made it grow to.
  mutating func reset(keeping limit: Int) {
    count = 0
    guard capacity > limit else { return }
    pointer.deallocate()
    capacity = limit
    pointer = .allocate(capacity: limit)
  }

  @inline(never)
  private mutating func grow(to needed: Int) {
    let larger = max(needed, capacity + capacity / 2)
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    moved.update(from: pointer, count: count)
    pointer.deallocate()
    pointer = moved
    capacity = larger
  }
}
