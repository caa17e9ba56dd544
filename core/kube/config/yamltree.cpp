#include "core/kube/config/yamltree.h"

#include <QHash>

#include <algorithm>
#include <exception>
#include <istream>
#include <optional>
#include <streambuf>
#include <vector>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct LimitHit {
    YamlError error;
};

YamlError tooDeep(int line)
{
    return {line, u"nested deeper than %1 levels"_s.arg(MaxYamlDepth)};
}

YamlError tooManyNodes(int line)
{
    return {line, u"more than %1 nodes, aliases counted"_s.arg(MaxYamlNodes)};
}

/// yaml-cpp keeps 250 bytes for every bracket that is open, and reports the first one only once it has seen the last: a
/// few megabytes of them would cost a gigabyte. Quotes are not looked at, so there is room for text with some brackets.
std::optional<YamlError> tooManyOpenBrackets(QByteArrayView text)
{
    constexpr int Most = 100 * MaxYamlDepth;
    int line = 1;
    int open = 0;
    for (const char c : text) {
        line += c == '\n';
        if (c == '[' || c == '{')
            ++open;
        else if (open > 0 && (c == ']' || c == '}'))
            --open;
        if (open > Most)
            return tooDeep(line);
    }
    return std::nullopt;
}

/// Lets yaml-cpp read our bytes in place.
class ByteArrayBuffer final : public std::streambuf
{
public:
    explicit ByteArrayBuffer(QByteArray &bytes) { setg(bytes.data(), bytes.data(), bytes.data() + bytes.size()); }
};

/// Builds the tree from yaml-cpp's events, which come without recursion of our own. A node is finished, measured and
/// only then known under its anchor: so no alias can point into its own parents.
class TreeBuilder final : public YAML::EventHandler
{
public:
    [[nodiscard]] YamlNodePtr root() const { return m_root ? m_root : std::make_shared<const YamlNode>(); }

    void OnDocumentStart(const YAML::Mark &) override { }
    void OnDocumentEnd() override { }

    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        add(make(YamlNode::Kind::Null, mark), anchor);
    }

    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        const YamlNodePtr target = m_anchors.value(anchor);
        if (!target)
            throw LimitHit{{mark.line + 1, u"an alias refers to a node that contains it"_s}};
        attach(target, mark.line + 1);
    }

    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  const std::string &value) override
    {
        auto node = make(YamlNode::Kind::Scalar, mark);
        node->text = QString::fromStdString(value);
        node->quoted = tag != "?"; // yaml-cpp's tag for a plain scalar; an explicit !!str counts as quoted
        add(node, anchor);
    }

    void OnSequenceStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        open(YamlNode::Kind::List, mark, anchor);
    }

    void OnMapStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        open(YamlNode::Kind::Map, mark, anchor);
    }

    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }

private:
    struct Open {
        std::shared_ptr<YamlNode> node;
        YAML::anchor_t anchor;
        YamlNodePtr key; ///< of a map: read, its value still to come
    };

    static std::shared_ptr<YamlNode> make(YamlNode::Kind kind, const YAML::Mark &mark)
    {
        auto node = std::make_shared<YamlNode>();
        node->kind = kind;
        node->line = mark.line + 1;
        node->column = mark.column + 1;
        return node;
    }

    void open(YamlNode::Kind kind, const YAML::Mark &mark, YAML::anchor_t anchor)
    {
        if (m_open.size() >= MaxYamlDepth)
            throw LimitHit{tooDeep(mark.line + 1)};
        m_open.push_back({make(kind, mark), anchor, {}});
    }

    void close()
    {
        const Open done = std::move(m_open.back());
        m_open.pop_back();
        add(done.node, done.anchor);
    }

    void add(const YamlNodePtr &node, YAML::anchor_t anchor)
    {
        if (anchor != YAML::NullAnchor)
            m_anchors.insert(anchor, node);
        attach(node, node->line);
    }

    void attach(const YamlNodePtr &node, int line)
    {
        if (m_open.empty()) {
            m_root = node;
            return;
        }
        Open &parent = m_open.back();
        parent.node->size += node->size;
        if (parent.node->size > MaxYamlNodes)
            throw LimitHit{tooManyNodes(line)};
        if (parent.node->kind == YamlNode::Kind::List)
            parent.node->items.append(node);
        else if (!parent.key)
            parent.key = node;
        else
            attachField(*parent.node, *std::exchange(parent.key, {}), node);
    }

    static void attachField(YamlNode &map, const YamlNode &key, const YamlNodePtr &value)
    {
        if (key.kind == YamlNode::Kind::Scalar)
            map.fields.append({key.text, value});
    }

    std::vector<Open> m_open;
    QHash<YAML::anchor_t, YamlNodePtr> m_anchors;
    YamlNodePtr m_root;
};

const YamlNode *findMerged(const YamlNode &merge, const QString &key)
{
    if (merge.kind == YamlNode::Kind::Map)
        return merge.find(key);
    for (const YamlNodePtr &source : merge.items) {
        if (source->kind != YamlNode::Kind::Map)
            continue;
        if (const YamlNode *found = source->find(key))
            return found;
    }
    return nullptr;
}

} // namespace

const YamlNode *YamlNode::find(const QString &key) const
{
    const auto last = std::find_if(fields.crbegin(), fields.crend(), [&](const auto &f) { return f.first == key; });
    if (last != fields.crend())
        return last->second.get();
    const auto merge = std::find_if(fields.crbegin(), fields.crend(), [](const auto &f) { return f.first == "<<"_L1; });
    return merge == fields.crend() ? nullptr : findMerged(*merge->second, key);
}

Result<QList<YamlNodePtr>, YamlError> parseYamlDocuments(const QByteArray &text, qsizetype maxDocuments)
{
    if (const auto error = tooManyOpenBrackets(text))
        return Failure{*error};
    QByteArray bytes = text;
    ByteArrayBuffer buffer(bytes);
    std::istream stream(&buffer);
    QList<YamlNodePtr> documents;
    qint64 nodes = 0;
    try {
        YAML::Parser parser(stream);
        while (documents.size() < maxDocuments) {
            TreeBuilder builder;
            if (!parser.HandleNextDocument(builder))
                break;
            documents.append(builder.root());
            nodes += documents.last()->size;
            if (nodes > MaxYamlNodes)
                return Failure{tooManyNodes(documents.last()->line)};
        }
        return documents;
    } catch (const LimitHit &hit) {
        return Failure{hit.error};
    } catch (const YAML::Exception &problem) {
        return Failure{YamlError{problem.mark.is_null() ? 0 : problem.mark.line + 1,
                                 QString::fromStdString(problem.msg),
                                 problem.mark.is_null() ? 0 : problem.mark.column + 1}};
    } catch (const std::exception &problem) { // std::bad_alloc and what the standard library's streams throw
        return Failure{YamlError{0, QString::fromUtf8(problem.what())}};
    }
}

Result<YamlNodePtr, YamlError> parseYaml(const QByteArray &text)
{
    const auto documents = parseYamlDocuments(text, 1);
    if (!documents)
        return Failure{documents.error()};
    return documents->isEmpty() ? std::make_shared<const YamlNode>() : documents->first();
}

} // namespace Fairlead::Kube
