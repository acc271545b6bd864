import Synchronization

/// A storage for tests that does what another one does until a fault of its script comes.
public final class FaultyStorage: Storage {
    /// One thing to go wrong.
    public struct Fault: Hashable, Sendable {
        /// The kind of operation that fails: create, write, sync, or any other.
        public var operation: StorageOperation
        /// Which operation of this kind fails, over all files, counted from 1.
        public var occurrence: Int
        /// The `errno` that it fails with.
        public var code: Int32
        /// How many bytes of a failing write are written all the same.
        public var bytesWritten: Int
        /// Whether every operation after it, of any kind, fails too, as on a disk that is gone.
        public var thereafter: Bool
        /// Where a write lands in place of where it was meant to. It then does not fail: the disk says nothing.
        public var landsAt: Place?

        /// A place in a file.
        public struct Place: Hashable, Sendable {
            /// The file's name; nil for the one that was meant.
            public var name: String?
            /// Where in it, in bytes.
            public var byteOffset: UInt64

            public init(name: String? = nil, byteOffset: UInt64) {
                (self.name, self.byteOffset) = (name, byteOffset)
            }
        }

        /// A write that lands in another place.
        public init(writeOfOccurrence occurrence: Int, landsAt place: Place) {
            self.init(.write, occurrence: occurrence, code: 0)
            landsAt = place
        }

        public init(
            _ operation: StorageOperation, occurrence: Int, code: Int32, bytesWritten: Int = 0, thereafter: Bool = false
        ) {
            self.operation = operation
            self.occurrence = occurrence
            self.code = code
            self.bytesWritten = bytesWritten
            self.thereafter = thereafter
        }
    }

    private let wrapped: any Storage
    private let script: FaultScript

    /// Wraps `storage`; operations count from here on.
    public init(_ storage: any Storage, faults: [Fault]) {
        wrapped = storage
        script = FaultScript(faults)
    }

    /// How many operations of this kind were asked for, failed ones included.
    public func count(of operation: StorageOperation) -> Int { script.count(of: operation) }

    public func names() throws(StorageError) -> [String] {
        try script.check(.list, name: "")
        return try wrapped.names()
    }

    public func create(_ name: String, byteCount: UInt64) throws(StorageError) -> any StorageFile {
        do {
            try script.check(.create, name: name)
        } catch {
            // What a crash in the middle leaves behind.
            _ = try? wrapped.create(name + StorageNames.temporarySuffix, byteCount: byteCount / 2)
            throw error
        }
        return FaultyFile(try wrapped.create(name, byteCount: byteCount), in: wrapped, script: script)
    }

    public func create(_ name: String, holding bytes: UnsafeRawBufferPointer) throws(StorageError) {
        do {
            try script.check(.create, name: name)
        } catch {
            let half = UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count / 2)])
            try? wrapped.create(name + StorageNames.temporarySuffix, holding: half)
            throw error
        }
        try wrapped.create(name, holding: bytes)
    }

    public func capture(
        _ name: String, head: [UInt8], pieces: [UnsafeRawBufferPointer]
    ) throws(StorageError) -> any StorageCapture {
        try script.check(.capture, name: name)
        return FaultyCapture(
            wrapped: try wrapped.capture(name, head: head, pieces: pieces), script: script, name: name)
    }

    public func open(_ name: String) throws(StorageError) -> any StorageFile {
        try script.check(.open, name: name)
        return FaultyFile(try wrapped.open(name), in: wrapped, script: script)
    }

    public func remove(_ name: String) throws(StorageError) {
        try script.check(.remove, name: name)
        try wrapped.remove(name)
    }
}

private struct FaultyCapture: StorageCapture {
    let wrapped: any StorageCapture
    let script: FaultScript
    let name: String

    var isWhole: Bool { wrapped.isWhole }

    func finish() throws(StorageError) {
        try script.check(.capture, name: name)
        try wrapped.finish()
    }

    func giveUp() { wrapped.giveUp() }
}

private final class FaultyFile: StorageFile {
    private let wrapped: any StorageFile
    private let storage: any Storage
    private let script: FaultScript

    init(_ file: any StorageFile, in storage: any Storage, script: FaultScript) {
        wrapped = file
        self.storage = storage
        self.script = script
    }

    var name: String { wrapped.name }

    func byteCount() throws(StorageError) -> UInt64 {
        try script.check(.size, name: name)
        return try wrapped.byteCount()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at byteOffset: UInt64) throws(StorageError) -> Int {
        try script.check(.read, name: name)
        return try wrapped.read(into: buffer, at: byteOffset)
    }

    func readCached(
        into buffer: UnsafeMutableRawBufferPointer, at byteOffset: UInt64
    ) throws(StorageError) -> Int? {
        try script.check(.read, name: name)
        return try wrapped.readCached(into: buffer, at: byteOffset)
    }

    func write(_ bytes: UnsafeRawBufferPointer, at byteOffset: UInt64) throws(StorageError) {
        guard let fault = script.next(.write) else { return try wrapped.write(bytes, at: byteOffset) }
        if let place = fault.landsAt {
            let file = try place.name.map { (name) throws(StorageError) in try storage.open(name) } ?? wrapped
            return try file.write(bytes, at: place.byteOffset)
        }
        let count = min(fault.bytesWritten, bytes.count)
        try wrapped.write(UnsafeRawBufferPointer(rebasing: bytes[..<count]), at: byteOffset)
        throw .failed(operation: .write, name: name, code: fault.code)
    }

    func sync() throws(StorageError) {
        try script.check(.sync, name: name)
        try wrapped.sync()
    }
}

/// The faults to come and the operations so far, shared by a faulty storage and its files.
private final class FaultScript: Sendable {
    private struct State {
        var faults: [FaultyStorage.Fault]
        var counts: [StorageOperation: Int] = [:]
        var everything: FaultyStorage.Fault?
    }

    private let state: Mutex<State>

    init(_ faults: [FaultyStorage.Fault]) { state = Mutex(State(faults: faults)) }

    func count(of operation: StorageOperation) -> Int { state.withLock { $0.counts[operation, default: 0] } }

    /// Counts an operation and returns the fault that it meets.
    func next(_ operation: StorageOperation) -> FaultyStorage.Fault? {
        state.withLock { state in
            state.counts[operation, default: 0] += 1
            if let everything = state.everything { return everything }
            let occurrence = state.counts[operation]
            let fault = state.faults.first { $0.operation == operation && $0.occurrence == occurrence }
            if var gone = fault, gone.thereafter {
                gone.bytesWritten = 0
                state.everything = gone
            }
            return fault
        }
    }

    func check(_ operation: StorageOperation, name: String) throws(StorageError) {
        guard let fault = next(operation) else { return }
        throw .failed(operation: operation, name: name, code: fault.code)
    }
}
