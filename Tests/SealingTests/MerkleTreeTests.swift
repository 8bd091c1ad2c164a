import Cryptography
import Sealing
import TestSupport
import Testing

/// The tree against its definition in RFC 9162 §2.1.1, written down as it stands there.
struct MerkleTreeTests {
    /// The entries of the test vectors of Certificate Transparency.
    static let entries: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
        [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57], Array(0x60...0x6F),
    ]

    @Test func `roots are those of the published vectors`() {
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ]
        var frontier = MerkleFrontier()
        #expect(hexadecimal(frontier.root) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        for (entry, root) in zip(MerkleTreeTests.entries, roots) {
            frontier.append(MerkleTree.leaf(entry))
            #expect(hexadecimal(frontier.root) == root)
        }
    }

    @Test func `every leaf of small trees is proved, and nothing else is`() {
        var random = Seeded("merkle")
        for size in Int64(1)...40 {
            let tree = Tree(size: size, &random)
            #expect(tree.frontier.root == tree.root(0..<Int(size)))
            for index in 0..<size {
                let path = MerkleTree.inclusion(of: index, in: size) { tree.hash($0) }
                #expect(
                    MerkleTree.root(from: tree.leaves[Int(index)], at: index, in: size, by: path) == tree.frontier.root
                )
                for place in path.indices {
                    var bad = path
                    bad[place][Int.random(in: 0..<32, using: &random)] ^= 1
                    #expect(
                        MerkleTree.root(from: tree.leaves[Int(index)], at: index, in: size, by: bad)
                            != tree.frontier.root
                    )
                }
                let other = MerkleTree.leaf([9, 9])
                #expect(MerkleTree.root(from: other, at: index, in: size, by: path) != tree.frontier.root)
                #expect(MerkleTree.root(from: other, at: size, in: size, by: path) == nil)
                #expect(
                    MerkleTree.root(from: tree.leaves[Int(index)], at: index, in: size, by: path + [other])
                        != tree.frontier.root
                )
            }
        }
    }

    @Test func `every tree is shown to be the beginning of each later one, and no other`() {
        var random = Seeded("merkle")
        for size in Int64(1)...33 {
            let tree = Tree(size: size, &random)
            for first in 1...size {
                let old = tree.root(0..<Int(first))
                let path = MerkleTree.consistency(of: first, with: size) { tree.hash($0) }
                #expect(MerkleTree.isConsistent((first, old), with: (size, tree.frontier.root), by: path))
                #expect(
                    !MerkleTree.isConsistent((first, MerkleTree.leaf([7])), with: (size, tree.frontier.root), by: path)
                )
                #expect(!MerkleTree.isConsistent((first, old), with: (size, MerkleTree.leaf([7])), by: path))
                #expect(!MerkleTree.isConsistent((first, old), with: (size, tree.frontier.root), by: path + [old]))
            }
        }
    }

    @Test func `subtrees that are appended at once make the same tree, and tell the same of what they complete`() {
        var random = Seeded("merkle blocks")
        let block = MerkleBlock()
        for _ in 0..<200 {
            let tree = Tree(size: Int64.random(in: 0...200, using: &random), &random)
            var (whole, single) = (MerkleFrontier(), MerkleFrontier())
            var (told, expected): ([MerkleTree.Node: [UInt8]], [MerkleTree.Node: [UInt8]]) = ([:], [:])
            for leaf in tree.leaves { single.append(leaf) { expected[$0] = $1 } }
            var rest = tree.leaves[...]
            while !rest.isEmpty {
                // As large as the place and what is left allow, or smaller.
                let most = min(whole.size == 0 ? 7 : whole.size.trailingZeroBitCount, 7)
                let level = (0...most).filter { 1 << $0 <= rest.count }.randomElement(using: &random) ?? 0
                var leaves = rest.prefix(1 << level).flatMap { $0 }
                rest = rest.dropFirst(1 << level)
                whole.append(leaves.withUnsafeMutableBytes { block.root(of: $0) }, level: level) { told[$0] = $1 }
            }
            #expect(whole == single && whole.root == tree.root(0..<tree.leaves.count))
            #expect(told.allSatisfy { expected[$0.key] == $0.value })
        }
    }

    /// A tree with random leaves, hashed by the recursion of the RFC.
    private struct Tree {
        var leaves: [MerkleTree.Hash] = []
        var frontier = MerkleFrontier()

        init(size: Int64, _ random: inout Seeded) {
            for _ in 0..<size {
                let leaf = MerkleTree.leaf([
                    UInt8.random(in: 0...255, using: &random), UInt8.random(in: 0...255, using: &random),
                ])
                leaves.append(leaf)
                frontier.append(leaf)
            }
        }

        func root(_ range: Range<Int>) -> [UInt8] {
            guard range.count > 1 else { return range.isEmpty ? SHA256.hash([]) : leaves[range.lowerBound] }
            var half = 1
            while half * 2 < range.count { half *= 2 }
            let middle = range.lowerBound + half
            return SHA256.hash([1] + root(range.lowerBound..<middle) + root(middle..<range.upperBound))
        }

        func hash(_ node: MerkleTree.Node) -> [UInt8] {
            root(Int(node.leaves.lowerBound)..<Int(node.leaves.upperBound))
        }
    }
}
