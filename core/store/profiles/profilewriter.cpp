#include "core/store/profiles/profilewriter.h"

#include "core/store/profiles/profilewords.h"

#include <QMap>

#include <functional>
#include <yaml-cpp/emitter.h>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

using Kube::YamlNode;

/// Line breaks are exact between quotes only, and yaml-cpp writes a carriage return without any.
void emitScalar(YAML::Emitter &out, const QString &text, bool quoted)
{
    if (quoted || text.contains(u'\n') || text.contains(u'\r'))
        out << YAML::DoubleQuoted;
    out << text.toStdString();
}

void emitText(YAML::Emitter &out, const QString &text)
{
    // Other readers of YAML take 6000:80 for a number.
    emitScalar(out, text, text.isEmpty() || text.front().isDigit() || text.contains(u':'));
}

void emitNode(YAML::Emitter &out, const YamlNode &node)
{
    switch (node.kind) {
    case YamlNode::Kind::Null:
        out << YAML::Null;
        break;
    case YamlNode::Kind::Scalar:
        emitScalar(out, node.text, node.quoted);
        break;
    case YamlNode::Kind::List:
        out << YAML::BeginSeq;
        for (const auto &item : node.items)
            emitNode(out, *item);
        out << YAML::EndSeq;
        break;
    case YamlNode::Kind::Map:
        out << YAML::BeginMap;
        for (const auto &[key, value] : node.fields) {
            out << YAML::Key;
            emitScalar(out, key, false);
            out << YAML::Value;
            emitNode(out, *value);
        }
        out << YAML::EndMap;
        break;
    }
}

/// The fields of one mapping, which come out sorted.
class SortedFields
{
public:
    using Emit = std::function<void(YAML::Emitter &)>;

    void add(QLatin1StringView key, const Emit &emitValue) { m_fields.insert(key, emitValue); }
    void addText(QLatin1StringView key, const QString &text)
    {
        if (!text.isEmpty())
            add(key, [text](YAML::Emitter &out) { emitText(out, text); });
    }
    void addTexts(QLatin1StringView key, const QStringList &texts)
    {
        if (texts.isEmpty())
            return;
        add(key, [texts](YAML::Emitter &out) {
            out << YAML::Flow << YAML::BeginSeq;
            for (const QString &text : texts)
                emitText(out, text);
            out << YAML::EndSeq;
        });
    }
    template <typename Table, typename Value>
    void addWord(QLatin1StringView key, const Table &table, Value value)
    {
        for (const auto &[candidate, word] : table) {
            if (candidate == value)
                addText(key, word);
        }
    }
    void addUnknown(const UnknownFields &fields)
    {
        for (const auto &[key, node] : fields)
            m_fields.insert(key, [kept = node](YAML::Emitter &out) { emitNode(out, *kept); });
    }

    void write(YAML::Emitter &out) const
    {
        out << YAML::BeginMap;
        for (auto field = m_fields.begin(); field != m_fields.end(); ++field) {
            out << YAML::Key;
            emitScalar(out, field.key(), false);
            out << YAML::Value;
            field.value()(out);
        }
        out << YAML::EndMap;
    }

private:
    QMap<QString, Emit> m_fields;
};

QString savedTarget(const Kube::TargetRef &target)
{
    if (target.kind == Kube::TargetRef::Kind::Selector)
        return Words::SelectorPrefix + target.name;
    return Kube::targetText(target);
}

void emitForward(YAML::Emitter &out, const SavedForward &forward)
{
    const Forward::ForwardSpec &spec = forward.spec;
    SortedFields fields;
    fields.addUnknown(forward.unknown);
    if (spec.addresses != Forward::ForwardSpec().addresses)
        fields.addTexts(Words::Addresses, spec.addresses);
    fields.addText(Words::Color, spec.about.color);
    fields.addText(Words::Context, spec.context);
    fields.addText(Words::Name, spec.name);
    fields.addText(Words::Namespace, spec.namespaceName);
    fields.addText(Words::Notes, spec.about.notes);
    if (spec.policy != Forward::PodPolicy::FirstReady)
        fields.addWord(Words::Policy, Words::Policies, spec.policy);
    QStringList ports;
    for (const Kube::PortArgument &port : spec.ports)
        ports << Kube::portText(port);
    fields.addTexts(Words::Ports, ports);
    fields.addText(Words::PreferredPod, spec.preferredPod);
    if (!forward.running)
        fields.add(Words::Running, [](YAML::Emitter &emitter) { emitter << false; });
    fields.addText(Words::Server, forward.server);
    fields.addTexts(Words::Tags, spec.about.tags);
    fields.addText(Words::Target, savedTarget(spec.target));
    fields.addText(Words::Url, spec.about.url);
    fields.write(out);
}

} // namespace

QByteArray writeProfile(const Profile &profile)
{
    SortedFields fields;
    fields.addUnknown(profile.unknown);
    fields.add(Words::Format, [](YAML::Emitter &out) { out << Words::Version; });
    fields.add(Words::Forwards, [&profile](YAML::Emitter &out) {
        out << YAML::BeginSeq;
        for (const SavedForward &forward : profile.forwards)
            emitForward(out, forward);
        out << YAML::EndSeq;
    });
    fields.addText(Words::Name, profile.name);
    fields.addWord(Words::Restore, Words::Restores, profile.restore);
    YAML::Emitter out;
    out.SetIndent(2);
    fields.write(out);
    return QByteArray(out.c_str(), qsizetype(out.size())) + '\n';
}

} // namespace Fairlead::Store
