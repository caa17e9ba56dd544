#pragma once

#include "core/kube/config/contextref.h"

#include <QComboBox>
#include <QPointer>

class QFrame;

namespace Fairlead::Ui {

class ContextList;
class ContextsModel;

/// A combo box whose list shows server, user, namespace and problems of every context and can be searched. Closed it is
/// like any other: arrows change it, activated() tells.
class ContextChooser final : public QComboBox
{
    Q_OBJECT

public:
    explicit ContextChooser(ContextsModel &model, QWidget *parent = nullptr);

    [[nodiscard]] Kube::ContextRef current() const;

    void showPopup() override;
    void hidePopup() override;

private:
    void build();
    void place();

    ContextsModel &m_contexts;
    QFrame *m_popup = nullptr; ///< made when it is first wanted
    ContextList *m_list = nullptr;
};

} // namespace Fairlead::Ui
