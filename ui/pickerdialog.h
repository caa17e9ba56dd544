#pragma once

#include "core/forward/forwardspec.h"
#include "ui/forwards/freeport.h"

#include <QDialog>

#include <memory>

namespace Fairlead::Kube {
class ContextStore;
}
namespace Fairlead::Store {
class Settings;
}

namespace Fairlead::Ui {

/// Context -> namespace -> pod -> port, in a window of its own that stays usable while lists load. Keyboard first: the
/// filter has the focus, Up and Down move in the pods from there, Enter forwards the first port.
class PickerDialog final : public QDialog
{
    Q_OBJECT

public:
    PickerDialog(Kube::ContextStore &contexts, Store::Settings &settings, QWidget *parent = nullptr);
    ~PickerDialog() override;

    /// Which local ports may be offered; without it all.
    void setPortTest(const PortTest &isFree);

signals:
    /// The user chose; the dialog has closed itself. The receiver adds and starts the forward.
    void forwardRequested(const Fairlead::Forward::ForwardSpec &spec);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Fairlead::Ui
