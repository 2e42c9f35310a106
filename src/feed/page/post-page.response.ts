import { PostView } from '../../content/post/post-view.service';
import { pageResponse } from '../../infra/http/page.response';

export const PostPage = pageResponse(PostView);
