import Collection
import Hummingbird
import Identity
import Values

/// A request to a page of the console, by somebody who is logged in and may see it.
struct ConsoleCall: Sendable {
    let page: PageCall
    let session: PersonSession
    /// The person as let in for what the page takes.
    let caller: Caller
    /// What they had typed on this page when a form could not be taken; empty otherwise.
    var kept: [String: String] = [:]

    var language: Language { page.language }
    var request: Request { page.request }
    var context: KhopContext { page.context }

    func parameter(_ name: String) -> String? { page.request.parameter(name) }

    /// A number in the address, or throws that there is no such thing.
    func number(_ noun: Phrase.Noun, _ name: String = "id") throws -> Int64 {
        guard let number = page.context.parameters.get(name).flatMap({ Int64($0) }) else {
            throw ServiceError(.notFound, .none(noun))
        }
        return number
    }

    /// A word of a list that a form chose; `nil` for "all", which a form sends as an empty value.
    func code<Code: RawRepresentable<String> & CaseIterable>(_ name: String) throws -> Code? {
        request.parameter(name) == nil ? nil : try request.code(name)
    }

    /// What a form ticked.
    func flag(_ name: String) throws -> Bool { request.parameter(name) == nil ? false : try request.flag(name) }
}
