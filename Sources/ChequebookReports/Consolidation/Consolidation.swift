/// How a totals query puts bodies together.
public struct Consolidation: Hashable, Sendable {
    public enum Boundaries: Hashable, Sendable {
        /// Every body has its own figures.
        case asWas
        /// A merged body's figures count at its successor.
        case current
    }

    public let boundaries: Boundaries
    /// Whether a body's figures have those of the bodies below it in them.
    public let includesChildren: Bool

    public init(boundaries: Boundaries = .asWas, includesChildren: Bool = false) {
        (self.boundaries, self.includesChildren) = (boundaries, includesChildren)
    }

    /// Whether any bodies are put together at all.
    public var isAny: Bool { boundaries == .current || includesChildren }
}
