#pragma once

#include "core/support/result.h"

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QString>

#include <memory>

namespace Fairlead::Kube {

class YamlNode;
using YamlNodePtr = std::shared_ptr<const YamlNode>;

/// One node of a parsed YAML document. Aliases share the node that they name.
class YamlNode final
{
public:
    enum class Kind { Null, Scalar, List, Map };

    Kind kind = Kind::Null;
    int line = 0; ///< from 1
    int column = 0; ///< from 1
    QString text; ///< a scalar's
    bool quoted = false;
    QList<YamlNodePtr> items;
    QList<QPair<QString, YamlNodePtr>> fields; ///< as written; keys that are no scalars are left out
    qint64 size = 1; ///< nodes below and including this one, aliases counted as if written out

    /// The value of a mapping's key: the last one written counts, then what `<<` merges in; nullptr if there is none.
    [[nodiscard]] const YamlNode *find(const QString &key) const;
};

struct YamlError {
    int line = 0; ///< from 1; 0: of the whole document
    QString text; ///< yaml-cpp's or our words, not translated
    int column = 0; ///< from 1; 0: not known
};

/// Nesting deeper than this is no kubeconfig; it bounds our own recursion.
constexpr int MaxYamlDepth = 64;
/// Nodes of a document with its aliases written out. A few lines of nested aliases can stand for billions ("billion
/// laughs"), and whoever walks the tree would walk them all. 5000 clusters with users and contexts are 150,000 nodes.
constexpr qint64 MaxYamlNodes = 1'000'000;

/// Parses the first document of a text (UTF-8, with or without byte order mark). An empty text is a Null node.
/// Never throws; safe on hostile input of any shape, time grows with its length.
[[nodiscard]] Result<YamlNodePtr, YamlError> parseYaml(const QByteArray &text);

/// The same for all documents of a text, up to `maxDocuments`; those behind are not looked at. Their nodes count
/// together. An empty text has no document.
[[nodiscard]] Result<QList<YamlNodePtr>, YamlError> parseYamlDocuments(const QByteArray &text, qsizetype maxDocuments);

} // namespace Fairlead::Kube
