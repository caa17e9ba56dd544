// Lens, OpenLens, Freelens: what goes under "port_forwards" into the file of one cluster.
#include "core/store/exchange/writers.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

using Kind = Kube::TargetRef::Kind;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

QJsonObject entryOf(const SavedForward &forward, ExportNotes::Numbers port)
{
    const Forward::ForwardSpec &spec = forward.spec;
    const bool isHttps = spec.about.url.startsWith("https:"_L1);
    return {{u"kind"_s, Kube::kindWord(spec.target.kind)},
            {u"namespace"_s, spec.namespaceName.isEmpty() ? u"default"_s : spec.namespaceName},
            {u"name"_s, spec.target.name},
            {u"port"_s, port.remote},
            {u"forwardPort"_s, port.local},
            {u"protocol"_s, isHttps ? u"https"_s : u"http"_s},
            {u"status"_s, forward.running ? u"Active"_s : u"Disabled"_s},
            {u"address"_s, spec.addresses.join(u',')}};
}

void writeForward(const SavedForward &forward, const QString &context, ExportNotes &notes, QJsonArray &entries)
{
    const Kind kind = forward.spec.target.kind;
    if (forward.spec.context != context)
        return notes.leaveOut(Text::tr("A file of %1 has one cluster, and this one is of context \"%2\".")
                                  .arg(formatInfo(Format::Lens).title, context));
    if (kind != Kind::Pod && kind != Kind::Service)
        return notes.leaveOut(Text::tr("Lens forwards to pods and services only."));
    const auto ports = notes.numericPorts();
    if (ports.isEmpty())
        return;
    notes.kept({u"context"_s, u"running"_s});
    if (ports.size() > 1)
        notes.remark(Text::tr("Lens has one port a forward, so each becomes one of its own."));
    for (const ExportNotes::Numbers &port : ports)
        entries.append(entryOf(forward, port));
}

} // namespace

void writeLens(const Profile &profile, Exported &exported)
{
    ExportNotes notes(exported, Format::Lens);
    const QString context = onlyContext(profile);
    QJsonArray entries;
    for (qsizetype i = 0; i < profile.forwards.size(); ++i) {
        notes.begin(i, profile.forwards.at(i));
        writeForward(profile.forwards.at(i), context, notes, entries);
    }
    exported.text = QJsonDocument(QJsonObject{{u"port_forwards"_s, entries}}).toJson();
}

} // namespace Fairlead::Store
