// kftray and kftui: the fields of kftray-commons/src/models/config_model.rs.
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

QJsonObject entryOf(const SavedForward &forward, const QString &address, ExportNotes::Numbers port)
{
    const Forward::ForwardSpec &spec = forward.spec;
    const bool isService = spec.target.kind == Kind::Service;
    QJsonObject entry{{u"workload_type"_s, isService ? u"service"_s : u"pod"_s},
                      {isService ? u"service"_s : u"target"_s, spec.target.name},
                      {u"namespace"_s, spec.namespaceName},
                      {u"kubeconfig"_s, u"default"_s},
                      {u"protocol"_s, u"tcp"_s},
                      {u"remote_port"_s, port.remote},
                      {u"domain_enabled"_s, false}};
    if (!spec.context.isEmpty())
        entry[u"context"_s] = spec.context;
    if (!spec.name.isEmpty())
        entry[u"alias"_s] = spec.name;
    if (port.local != 0)
        entry[u"local_port"_s] = port.local;
    if (!address.isEmpty())
        entry[u"local_address"_s] = address;
    return entry;
}

void writeForward(const SavedForward &forward, ExportNotes &notes, QJsonArray &entries)
{
    const Kind kind = forward.spec.target.kind;
    if (kind != Kind::Service && kind != Kind::Selector)
        return notes.leaveOut(Text::tr("kftray forwards to services and to pods by their labels only."));
    const auto ports = notes.numericPorts();
    if (ports.isEmpty())
        return;
    const QString address = notes.oneAddress();
    notes.kept({u"name"_s, u"context"_s});
    if (ports.size() > 1)
        notes.remark(Text::tr("kftray has one port a forward, so each becomes one of its own."));
    if (kind == Kind::Service)
        notes.remark(Text::tr("kftray takes the port for one of the pod, not of the service."));
    for (const ExportNotes::Numbers &port : ports)
        entries.append(entryOf(forward, address, port));
}

} // namespace

void writeKftray(const Profile &profile, Exported &exported)
{
    ExportNotes notes(exported, Format::Kftray);
    QJsonArray entries;
    for (qsizetype i = 0; i < profile.forwards.size(); ++i) {
        notes.begin(i, profile.forwards.at(i));
        writeForward(profile.forwards.at(i), notes, entries);
    }
    exported.text = QJsonDocument(entries).toJson();
}

} // namespace Fairlead::Store
