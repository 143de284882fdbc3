import { mediaUrl } from "../api/simulator-client.ts";
import { Modal } from "../ui/modal.tsx";
import type { Enlarged } from "./chat-actions.ts";
import styles from "./picture-viewer.module.css";

/** A picture in full size over the page. */
export function PictureViewer({ picture, onClose }: { picture: Enlarged; onClose: () => void }) {
  return (
    <Modal title={picture.name} onClose={onClose}>
      <img className={styles.picture} src={mediaUrl(picture.mediaId)} alt={picture.name} />
    </Modal>
  );
}
